"""Pages of the registration."""

from gapura.accounts.permissions import Can
from gapura.authentication.permissions import Can as Sign
from gapura.web.register import agencies, code, password_check, register
from gapura.web.shell.pages import Page

_BOTH = ("GET", "POST")
_POST = ("POST",)

PAGES = (
    Page("register", register.register, Can.REGISTER, _BOTH, name="register"),
    Page("register/agencies", agencies.found, Can.REGISTER, name="register-agencies"),
    Page(
        "register/password-check",
        password_check.check,
        Can.REGISTER,
        _POST,
        name="register-password-check",
    ),
    Page("register/code", code.code, Sign.SIGN_IN, _BOTH, name="register-code"),
    Page("register/code/send", code.send, Sign.SIGN_IN, _POST, name="register-code-send"),
)
