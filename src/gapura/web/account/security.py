"""/account/security: the ways to sign in, and the devices that are signed in."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.authentication.errors import NoSuchSession
from gapura.authentication.events import SIGNED_IN
from gapura.authentication.queries import security_of, session_rules
from gapura.authentication.services import end_other_sessions, end_session, sign_out_everywhere
from gapura.web.account.tabs import tabs
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, forget_session

HERE = "/account/security"


def show(request: Request) -> HttpResponse:
    """Factors with what can be done about each, and every live sign-in."""
    actor = request.actor
    context = {
        "security": security_of(actor),
        "rules": session_rules(actor),
        "ways": SIGNED_IN.words["methods"],
        "must_keep_app": bool(actor.grants),
        "tabs": tabs(HERE),
        "zone": actor.grant.zone if actor.grant else "Asia/Jakarta",
    }
    return render(request, "account/security.html", context)


def end_one(request: Request, session_id: UUID) -> HttpResponse:
    """End one sign-in; the present one is ended by signing out."""
    if session_id == request.actor.session:
        return SeeOther("/logout")
    try:
        end_session(actor=request.actor, session=session_id)
    except NoSuchSession:
        flash.say(request, "info", _("This sign-in had already ended."))
    else:
        flash.say(request, "success", _("The sign-in was ended. That device has to sign in again."))
    return SeeOther(HERE)


def end_others(request: Request) -> HttpResponse:
    """End all but the present one."""
    ended = end_other_sessions(actor=request.actor)
    text = ngettext(
        "%(count)s other sign-in was ended.", "%(count)s other sign-ins were ended.", ended
    )
    flash.say(request, "success", text % {"count": ended})
    return SeeOther(HERE)


def everywhere(request: Request) -> HttpResponse:
    """End all, this one too."""
    sign_out_everywhere(actor=request.actor)
    response = SeeOther("/logout")
    forget_session(response)
    return response
