"""Pages of signing in and out."""

from gapura.accounts import permissions as accounts
from gapura.authentication.permissions import Can
from gapura.web.login import (
    code,
    login,
    logout,
    not_me,
    passkey,
    resume,
    step_up,
    turned_away,
    undo,
)
from gapura.web.shell.pages import Page
from gapura.web.shell.permissions import Can as Shell

_BOTH = ("GET", "POST")
_POST = ("POST",)

PAGES = (
    Page("login", login.login, Can.SIGN_IN, _BOTH, name="login"),
    Page("login/passkey", passkey.finish, Can.SIGN_IN, _POST, name="passkey-sign-in"),
    Page("login/passkey/begin", passkey.begin, Can.SIGN_IN, _POST, name="passkey-begin"),
    Page("login/code/passkey", passkey.factor, Can.SIGN_IN, _POST, name="passkey-factor"),
    Page("login/step-up/passkey", passkey.again, Can.STEP_UP, _POST, name="passkey-again"),
    Page("login/code", code.code, Can.SIGN_IN, _BOTH, name="login-code"),
    Page("login/code/method", code.choose, Can.SIGN_IN, _POST, name="login-code-method"),
    Page("login/code/send", code.send, Can.SIGN_IN, _POST, name="login-code-send"),
    Page("login/locked", turned_away.locked, Can.SIGN_IN, name="login-locked"),
    Page("login/suspended", turned_away.suspended, Can.SIGN_IN, name="login-suspended"),
    Page("login/not-me", not_me.done, Can.DISAVOW, name="not-me-done"),
    Page("login/not-me/<str:disavowal>", not_me.ask, Can.DISAVOW, _BOTH, name="not-me"),
    Page("login/undo", undo.done, accounts.Can.UNDO_CONTACT, name="undo-done"),
    Page("login/undo/<str:undo>", undo.ask, accounts.Can.UNDO_CONTACT, _BOTH, name="undo"),
    Page("login/continue/<uuid:form_id>", resume.show, Can.SETTLE_FORM, name="form-kept"),
    Page(
        "login/continue/<uuid:form_id>/take", resume.take, Can.SETTLE_FORM, _POST, name="form-take"
    ),
    Page(
        "login/continue/<uuid:form_id>/discard",
        resume.discard,
        Can.SETTLE_FORM,
        _POST,
        name="form-discard",
    ),
    Page("login/step-up", step_up.step_up, Can.STEP_UP, _BOTH, name="step-up"),
    Page("login/step-up/start", step_up.start, Can.STEP_UP, _POST, name="step-up-start"),
    Page("login/step-up/method", step_up.choose, Can.STEP_UP, _POST, name="step-up-method"),
    Page("login/step-up/send", step_up.send, Can.STEP_UP, _POST, name="step-up-send"),
    Page("logout", logout.logout, Shell.SEE_PUBLIC, _BOTH, name="logout"),
)
