"""Pages of the register of appointment letters: its keepers', its checkers', its officers'."""

from gapura.access import permissions as access
from gapura.organizations.permissions import Can
from gapura.web.letters import deciding, ending, importing, listing, new, officers, own, paper, show
from gapura.web.shell.pages import Page, View

_BOTH, _POST = ("GET", "POST"), ("POST",)
_ONE = "letters/<uuid:letter_id>"
_FILE = "letters/imports/<uuid:import_id>"
_MINE = "letters/appointments/<uuid:appointment_id>"


def _page(
    route: str, view: View, permission: str, name: str, methods: tuple[str, ...] = ("GET",)
) -> Page:
    """A page of one thing: whether this actor may see it is decided on the thing."""
    return Page(route, view, permission, methods, on_object=True, name=name)


PAGES = (
    Page("letters", listing.letters, Can.LIST_LETTERS, name="letters"),
    Page("letters/new", new.new, Can.ENTER_LETTER, _BOTH, name="letters-new"),
    Page("letters/template.csv", importing.template, access.Can.IMPORT, name="letters-template"),
    _page(_ONE, show.show, Can.SEE_LETTER, "letters-one"),
    _page(f"{_ONE}/file", paper.file, Can.SEE_LETTER, "letters-file"),
    _page(f"{_ONE}/pages/<int:number>", paper.page, Can.SEE_LETTER, "letters-page"),
    _page(f"{_ONE}/officers", officers.officers, access.Can.NAME, "letters-officers", _BOTH),
    _page(
        f"{_ONE}/officers/<uuid:appointment_id>/withdraw",
        officers.withdraw,
        access.Can.WITHDRAW_APPOINTMENT,
        "letters-officer-withdraw",
        _POST,
    ),
    _page(f"{_ONE}/ready", officers.ready, Can.SEE_LETTER, "letters-ready", _POST),
    _page(f"{_ONE}/import", importing.hand_in, access.Can.IMPORT, "letters-import", _BOTH),
    _page(f"{_ONE}/copy", importing.copy, access.Can.IMPORT, "letters-copy", _POST),
    _page(f"{_ONE}/check", deciding.check, Can.CHECK_LETTER, "letters-check", _BOTH),
    _page(f"{_ONE}/refuse", deciding.refuse, Can.CHECK_LETTER, "letters-refuse", _BOTH),
    _page(f"{_ONE}/withdraw", deciding.withdraw, Can.WITHDRAW_LETTER, "letters-withdraw", _BOTH),
    _page(f"{_ONE}/revoke", ending.revoke, Can.REVOKE_LETTER, "letters-revoke", _BOTH),
    _page(f"{_ONE}/replace", ending.replace, Can.REVOKE_LETTER, "letters-replace", _BOTH),
    _page(_FILE, importing.run, access.Can.IMPORT, "letters-file-run"),
    _page(f"{_FILE}/start", importing.start, access.Can.IMPORT, "letters-file-start", _POST),
    _page(f"{_FILE}/drop", importing.drop, access.Can.IMPORT, "letters-file-drop", _POST),
    _page(f"{_FILE}/errors", importing.errors, access.Can.IMPORT, "letters-file-errors"),
    _page(_MINE, own.appointment, access.Can.SEE_OWN, "letters-own", _BOTH),
    _page(
        f"{_MINE}/decline",
        own.decline,
        access.Can.DECLINE_APPOINTMENT,
        "letters-decline",
        _BOTH,
    ),
)
