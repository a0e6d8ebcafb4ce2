"""The evaluator: any of some rules, a rule being all of its clauses; a refusal has its reason."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_

Test = Callable[[Actor, Any], bool]
Name = TypeVar("Name", bound=str)


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with the sentence that is shown when it does not hold.

    `law` cites the rule it comes from, `mend` says who can change the fact, `link` where;
    `strength` marks a fact that signing in again, more strongly, would change.
    """

    name: str
    test: Test
    says: str
    law: str = ""
    mend: str = ""
    link: str = ""
    strength: bool = False

    def __call__(self, actor: Actor, thing: Any = None) -> bool:
        return self.test(actor, thing)


Rules = Mapping[str, tuple[tuple[Clause, ...], ...]]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer with its reason; true when allowed."""

    allowed: bool
    permission: str
    rule: tuple[str, ...] = ()
    missing: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def only_needs_strength(self) -> bool:
        """True when a stronger sign-in alone would turn the answer."""
        return bool(self.missing) and all(c.strength for c in self.missing)


class Refused(Problem):
    """The actor may know the thing but may not do this to it."""

    status = 403
    what = N_("You cannot do this with the role you are using now.")
    todo = N_("Read the reasons below. Each one says who can change it.")

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict

    def __str__(self) -> str:
        return f"{self.verdict.permission}: not {', '.join(c.name for c in self.verdict.missing)}"


def clause(
    says: str, *, law: str = "", mend: str = "", link: str = "", strength: bool = False
) -> Callable[[Test], Clause]:
    """Make a predicate of a small function; `says` is what is missing when it is false."""

    def make(test: Test) -> Clause:
        return Clause(test.__name__, test, says, law, mend, link, strength)

    return make


_rules: dict[str, tuple[tuple[Clause, ...], ...]] = {}
_asked: ContextVar[set[str] | None] = ContextVar("permissions_asked", default=None)
_refused: ContextVar[list[Verdict] | None] = ContextVar("permissions_refused", default=None)


def register(rules: Mapping[Name, Sequence[tuple[Clause, ...]]]) -> None:
    """Add a room's table; a permission has one home.

    :raises ValueError: when a permission is declared twice with other clauses.
    """
    for permission, alternatives in rules.items():
        table = tuple(alternatives)
        if _rules.setdefault(permission, table) != table:
            raise ValueError(f"permission {permission} is declared twice")


def all_rules() -> Rules:
    """Every permission that the rooms have declared."""
    return _rules


def decide(actor: Actor, permission: str, thing: Any = None) -> Verdict:
    """May `actor` do `permission` to `thing`? The refusal names the rule that came nearest.

    :raises KeyError: for a permission no room declared.
    """
    if (asked := _asked.get()) is not None:
        asked.add(permission)
    nearest: tuple[Clause, ...] | None = None
    near_rule: tuple[Clause, ...] = ()
    for rule in _rules[permission]:
        missing = tuple(c for c in rule if not c.test(actor, thing))
        if not missing:
            return Verdict(True, permission, tuple(c.name for c in rule))
        if nearest is None or len(missing) < len(nearest):
            nearest, near_rule = missing, rule
    verdict = Verdict(False, permission, tuple(c.name for c in near_rule), nearest or ())
    if (refused := _refused.get()) is not None:
        refused.append(verdict)
    return verdict


def may(actor: Actor, permission: str, thing: Any = None) -> bool:
    """The bare yes or no, for drawing buttons."""
    return decide(actor, permission, thing).allowed


def require(actor: Actor, permission: str, thing: Any = None) -> None:
    """Go on only when allowed.

    :raises Refused: with the verdict.
    """
    verdict = decide(actor, permission, thing)
    if not verdict:
        raise Refused(verdict)


@contextmanager
def refusals() -> Iterator[list[Verdict]]:
    """Collect what is refused inside, in order: the reason that a 404 does not tell is kept so."""
    found: list[Verdict] = []
    token = _refused.set(found)
    try:
        yield found
    finally:
        _refused.reset(token)


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect which permissions are asked for inside; a page that asks for none has forgotten."""
    asked: set[str] = set()
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)


@clause(
    N_("You need to be signed in."),
    mend=N_("You can: sign in with your username and password."),
    link="/login",
)
def is_signed_in(actor: Actor, thing: Any) -> bool:
    """Password and any second factor."""
    return actor.signed_in


@clause(
    N_("You need to have signed in with your authenticator app."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: enter a code from your authenticator app."),
    link="/login/step-up",
    strength=True,
)
def signed_in_strongly(actor: Actor, thing: Any) -> bool:
    """Authenticator app or passkey (acr 2 or more)."""
    return actor.acr >= 2


@clause(N_("This is done by the system on its own time."))
def is_the_system(actor: Actor, thing: Any) -> bool:
    """Scheduled work, never a person."""
    return bool(actor.system)


@clause(N_("This is for people who have not signed in."))
def anyone(actor: Actor, thing: Any) -> bool:
    """Public: always holds."""
    return True
