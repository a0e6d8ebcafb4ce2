"""/account/grant: act under another of one's roles."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import NoSuchGrant
from gapura.authentication.services import switch_grant
from gapura.kernel.actor import ActiveGrant
from gapura.kernel.permissions import Refused
from gapura.web.shell import flash
from gapura.web.shell.context import grant_label
from gapura.web.shell.pages import render
from gapura.web.shell.requests import (
    STEP_UP,
    Request,
    SeeOther,
    go_to,
    keep_session,
    page_behind,
    safe_path,
)

HERE = "/account/grant"


def switch(request: Request) -> HttpResponse:
    """POST changes the role; GET asks, for whoever comes back from a stronger sign-in.

    :raises NoSuchGrant: not one of the actor's working grants.
    """
    values = request.POST if request.method == "POST" else request.GET
    grant = _wanted(request, values.get("grant", ""))
    onward = safe_path(values.get("next") or page_behind(request))
    onward = "/" if onward.startswith(HERE) else onward
    if request.method == "GET":
        context = {"grant": grant, "label": grant_label(grant), "onward": onward}
        return render(request, "account/grant.html", context)
    if request.actor.grant == grant:
        return SeeOther(onward)
    try:
        done = switch_grant(actor=request.actor, grant=grant.id)
    except Refused as problem:
        if not problem.verdict.only_needs_strength:
            raise
        return go_to(STEP_UP, next=go_to(HERE, grant=grant.id, next=onward)["Location"])
    flash.say(
        request, "success", _("You are now acting as %(role)s.") % {"role": grant_label(grant)}
    )
    response = SeeOther(onward)
    keep_session(request, response, done.token)
    return response


def _wanted(request: Request, text: str) -> ActiveGrant:
    try:
        wanted = UUID(text)
    except ValueError:
        raise NoSuchGrant() from None
    found = next((grant for grant in request.actor.grants if grant.id == wanted), None)
    if found is None:
        raise NoSuchGrant()
    return found
