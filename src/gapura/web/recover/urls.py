"""Pages for people who forgot their password."""

from gapura.authentication.permissions import Can
from gapura.web.recover import code, password, recover
from gapura.web.shell.pages import Page

_BOTH = ("GET", "POST")
_POST = ("POST",)

PAGES = (
    Page("recover", recover.recover, Can.RESET_PASSWORD, _BOTH, name="recover"),
    Page("recover/code", code.code, Can.RESET_PASSWORD, _BOTH, name="recover-code"),
    Page("recover/code/send", code.send, Can.RESET_PASSWORD, _POST, name="recover-code-send"),
    Page("recover/code/method", code.choose, Can.RESET_PASSWORD, _POST, name="recover-code-method"),
    Page("recover/password", password.password, Can.RESET_PASSWORD, _BOTH, name="recover-password"),
    Page(
        "recover/password-check",
        password.check,
        Can.RESET_PASSWORD,
        _POST,
        name="recover-password-check",
    ),
)
