"""Pages of signing in and out."""

from gapura.authentication.permissions import Can
from gapura.web.login import code, login, logout, step_up
from gapura.web.shell.pages import Page
from gapura.web.shell.permissions import Can as Shell

_BOTH = ("GET", "POST")
_POST = ("POST",)

PAGES = (
    Page("login", login.login, Can.SIGN_IN, _BOTH, name="login"),
    Page("login/code", code.code, Can.SIGN_IN, _BOTH, name="login-code"),
    Page("login/code/method", code.choose, Can.SIGN_IN, _POST, name="login-code-method"),
    Page("login/code/send", code.send, Can.SIGN_IN, _POST, name="login-code-send"),
    Page("login/step-up", step_up.step_up, Can.STEP_UP, _BOTH, name="step-up"),
    Page("login/step-up/start", step_up.start, Can.STEP_UP, _POST, name="step-up-start"),
    Page("login/step-up/method", step_up.choose, Can.STEP_UP, _POST, name="step-up-method"),
    Page("login/step-up/send", step_up.send, Can.STEP_UP, _POST, name="step-up-send"),
    Page("logout", logout.logout, Shell.SEE_PUBLIC, _BOTH, name="logout"),
)
