"""/account/security: the ways to sign in, and the devices that are signed in."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.accounts.queries import Profile, own_profile
from gapura.authentication.errors import NoSuchSession
from gapura.authentication.events import SIGNED_IN
from gapura.authentication.queries import (
    Reach,
    own_recoveries,
    security_activity,
    security_of,
    session_rules,
)
from gapura.authentication.services import end_other_sessions, end_session, sign_out_everywhere
from gapura.web.account.activity import RESULTS
from gapura.web.account.health import lines
from gapura.web.account.tabs import tabs
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, clear_site, forget_session

HERE = "/account/security"
_TO_BE_CHECKED = frozenset({"needs_correction", "needs_reverification"})


def show(request: Request) -> HttpResponse:
    """How safe the account is, its factors, every live sign-in, and what happened lately."""
    actor = request.actor
    security = security_of(actor, _reach(own_profile(actor)))
    context = {
        "security": security,
        "health": lines(security.checks),
        "activity": security_activity(actor),
        "results": RESULTS,
        "recoveries": own_recoveries(actor),
        "rules": session_rules(actor),
        "ways": SIGNED_IN.words["methods"],
        "must_keep_app": bool(actor.grants),
        "tabs": tabs(HERE),
        "zone": actor.grant.zone if actor.grant else "Asia/Jakarta",
    }
    return render(request, "account/security.html", context)


def _reach(profile: Profile) -> Reach:
    return Reach(
        phone_proven=profile.phone_verified_at is not None,
        email_settled=profile.email_verified_at is not None and not profile.pending_email,
        identity_settled=profile.state not in _TO_BE_CHECKED,
    )


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
    clear_site(response)
    return response
