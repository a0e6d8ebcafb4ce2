"""/account/applications: where one's account signs one in, what is told there, taking it back."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.sso.queries import applications_of
from gapura.sso.services import withdraw_consent
from gapura.web.account.tabs import tabs
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/account/applications"


def show(request: Request) -> HttpResponse:
    """Every application that may see something of the person, or has the person signed in."""
    actor = request.actor
    context = {
        "applications": applications_of(actor),
        "tabs": tabs(HERE),
        "zone": actor.grant.zone if actor.grant else "Asia/Jakarta",
    }
    return render(request, "account/applications.html", context)


def withdraw(request: Request, app_id: UUID) -> HttpResponse:
    """Take it back; the application is told that the sign-in there is over."""
    withdraw_consent(actor=request.actor, client=app_id)
    flash.say(
        request,
        "success",
        _("The application sees nothing of you any more, and you are signed out there."),
    )
    return SeeOther(HERE)
