"""Pages on which a person verifies their account again."""

from gapura.accounts import permissions as accounts
from gapura.web.account import reverification
from gapura.web.shell.pages import Page

_BOTH = ("GET", "POST")
_POST = ("POST",)
_AGAIN = "account/reverification"

AGAIN = (
    Page(_AGAIN, reverification.show, accounts.Can.SEE_REVERIFICATION, name="reverification"),
    Page(
        f"{_AGAIN}/confirm",
        reverification.confirm,
        accounts.Can.REVERIFY,
        _POST,
        on_object=True,
        name="reverification-confirm",
    ),
    Page(
        f"{_AGAIN}/change",
        reverification.change,
        accounts.Can.REPORT_CHANGE,
        _BOTH,
        on_object=True,
        name="reverification-change",
    ),
    Page(
        f"{_AGAIN}/correct",
        reverification.correct,
        accounts.Can.REQUIRE_REVERIFICATION,
        _POST,
        on_object=True,
        name="reverification-correct",
    ),
)
