"""/account/totp/remove: go back to codes by e-mail, for people without a role."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import FlowOver
from gapura.authentication.permissions import Can
from gapura.authentication.queries import factors_of
from gapura.authentication.services import remove_totp
from gapura.kernel.permissions import require
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


def remove(request: Request) -> HttpResponse:
    """Say what it means, then do it. Sending it twice ends on the same page."""
    factors = factors_of(request.actor)
    require(request.actor, Can.REMOVE_TOTP, factors.without_totp())
    if not factors.has_totp:
        return SeeOther("/account/security")
    if request.method == "GET":
        return render(request, "account/totp_remove.html", {"factors": factors})
    try:
        remove_totp(actor=request.actor)
    except FlowOver:
        return SeeOther("/account/security")
    text = _(
        "The authenticator app and its backup codes are removed. You sign in with e-mail codes."
    )
    flash.say(request, "success", text)
    return SeeOther("/account/security")
