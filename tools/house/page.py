"""docs/house.md: states, rights, events and pages, as the tables have them today."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from gapura.access.queries import ROLES, visitors
from gapura.audit.events import Event
from gapura.kernel.states import Machine
from gapura.web.shell.pages import Page
from tools.house.inventory import ROOT, events, machines, pages
from tools.house.matrix import rows

FILE = ROOT / "docs/house.md"
_HEAD = """# What is in the house

Made from the tables by `python -m tools.house`; a test keeps it fresh. Change the tables, not this
page. How to read the code: [architecture.md](architecture.md).

- [States](#states): every state table, its verbs, who may and what is recorded
- [Rights](#rights): every permission, and who has it
- [Events](#events): everything the activity log can tell
- [Pages](#pages): every address and the permission it asks for
"""
_RIGHTS = """
`●` always, `○` where it concerns them (their own request, their agency, their unit...), empty:
never. `!` only after signing in with an authenticator app or a passkey. Columns: anybody (not
signed in), a person without a role, each role, the system. The clauses are in each room's
`policy.py`, in larger rooms the folder `policy/`; the roles are {roles}.
"""
_SIGNS = {"yes": "●", "own": "○"}


def text() -> str:
    """The whole page."""
    parts = [_HEAD, "## States", *_states(), "## Rights", *_rights(), "## Events", *_events()]
    return "\n".join([*parts, "## Pages", *_pages()]).rstrip() + "\n"


def write() -> None:
    """Write the page into docs."""
    FILE.write_text(text(), encoding="utf-8")


def is_fresh() -> bool:
    """Does the page in docs tell what the tables hold now?"""
    return FILE.is_file() and FILE.read_text(encoding="utf-8") == text()


def _table(head: Iterable[str], lines: Iterable[Iterable[str]]) -> Iterator[str]:
    head = tuple(head)
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for line in lines:
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in line)} |"
    yield ""


def _states() -> Iterator[str]:
    for name, machine in sorted(machines().items()):
        yield from ("", f"### `{name}`", "", "```mermaid", machine.mermaid(), "```")
        yield from _table(("verb", "from", "to", "permission", "event", "when"), _steps(machine))


def _steps(machine: Machine) -> Iterator[tuple[str, ...]]:
    for step in machine.steps:
        when = [*step.guards, *([f"due: {step.due}"] if step.due else [])]
        names = (step.permission, step.event)
        yield (
            f"**{step.verb}**",
            step.source,
            step.target,
            *(f"`{n}`" for n in names),
            ", ".join(when),
        )


def _rights() -> Iterator[str]:
    named = ", ".join(f"`{code}` {role.name}" for code, role in ROLES.items())
    yield _RIGHTS.format(roles=named)
    columns = list(visitors())
    for room, lines in groupby(rows(), key=lambda row: row["permission"].split(".")[0]):
        yield f"### Rights: {room}"
        cells = ((f"`{row['permission']}`", *(_sign(row[c]) for c in columns)) for row in lines)
        yield from _table(("permission", *columns), cells)


def _sign(cell: str) -> str:
    plain = cell.rstrip("!")
    return _SIGNS.get(plain, "") + cell[len(plain) :]


def _events() -> Iterator[str]:
    for room, told in groupby(events().values(), key=lambda event: event.name.split(".")[0]):
        yield from ("", f"### Events: {room}")
        head = ("event", "sentence", "facts", "kept apart, can be erased", "who reads it")
        yield from _table(head, (_event(event) for event in told))


def _event(event: Event) -> tuple[str, ...]:
    facts = [*event.needs, *(f"{name}?" for name in event.optional)]
    said = event.sentence.replace("%(", "*").replace(")s", "*")
    personal = ", ".join(event.personal)
    return f"`{event.name}`", said, ", ".join(facts), personal, str(event.readers)


def _pages() -> Iterator[str]:
    ordered = sorted(pages().items(), key=lambda item: item[1].route)
    yield from _table(
        ("address", "methods", "permission", "asked", "view"), (_page(page) for _, page in ordered)
    )


def _page(page: Page) -> tuple[str, ...]:
    asked = "by the service, about the thing" if page.on_object else "before the view"
    view = f"{page.view.__module__.removeprefix('gapura.')}.{page.view.__name__}"
    methods = " ".join(page.methods)
    return f"`/{page.route}`", methods, f"`{page.permission}`", asked, f"`{view}`"
