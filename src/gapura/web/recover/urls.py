"""Pages for people who forgot their password."""

from gapura.authentication.permissions import Can
from gapura.privacy import permissions as privacy
from gapura.web.recover import (
    code,
    coming_back,
    erasure,
    ladder,
    lost,
    password,
    recover,
    stopping,
)
from gapura.web.shell.pages import Page

_BOTH = ("GET", "POST")
_POST = ("POST",)

PAGES = (
    Page("recover", recover.recover, Can.RESET_PASSWORD, _BOTH, name="recover"),
    Page("recover/code", code.code, Can.RESET_PASSWORD, _BOTH, name="recover-code"),
    Page("recover/code/send", code.send, Can.RESET_PASSWORD, _POST, name="recover-code-send"),
    Page("recover/code/method", code.choose, Can.RESET_PASSWORD, _POST, name="recover-code-method"),
    Page("recover/help", ladder.show, Can.ASK_RECOVERY, name="recover-help"),
    Page("recover/lost", lost.lost, Can.ASK_RECOVERY, _BOTH, name="recover-lost"),
    Page("recover/lost/code", lost.code, Can.ASK_RECOVERY, _BOTH, name="recover-lost-code"),
    Page("recover/asked", ladder.asked, Can.ASK_RECOVERY, name="recover-asked"),
    Page("recover/wait", stopping.wait, Can.RESET_PASSWORD, _BOTH, name="recover-wait"),
    Page("recover/return", coming_back.begin, Can.USE_RECOVERY, _BOTH, name="recover-return"),
    Page(
        "recover/return/code", coming_back.code, Can.USE_RECOVERY, _BOTH, name="recover-return-code"
    ),
    Page(
        "recover/return/slip", coming_back.slip, Can.USE_RECOVERY, _BOTH, name="recover-return-slip"
    ),
    Page(
        "recover/return/password",
        coming_back.password,
        Can.USE_RECOVERY,
        _BOTH,
        name="recover-return-password",
    ),
    Page(
        "recover/stop/<str:stop_token>",
        stopping.stop,
        Can.OPEN_STOP_LINK,
        _BOTH,
        name="recover-stop",
    ),
    Page(
        "recover/erasure/<str:erasure_token>",
        erasure.undo,
        privacy.Can.OPEN_ERASURE_LINK,
        _BOTH,
        name="recover-erasure",
    ),
    Page("recover/password", password.password, Can.RESET_PASSWORD, _BOTH, name="recover-password"),
    Page(
        "recover/password-check",
        password.check,
        Can.RESET_PASSWORD,
        _POST,
        name="recover-password-check",
    ),
)
