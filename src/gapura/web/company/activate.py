"""/company/activate/<id>: a role at a company begins to work under a second factor."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.queries import ROLES, waiting_grant
from gapura.journeys.activation import activate_grant
from gapura.journeys.onboarding import prove_identity
from gapura.kernel.moves import NoSuchMove
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, keep_session


def activate(request: Request, grant_id: UUID) -> HttpResponse:
    """What the role allows, with the button. Doing it twice ends on the company's page."""
    found = waiting_grant(request.actor, grant_id)
    if found.state != "approved":
        return SeeOther("/company")
    if request.method == "GET":
        context = {"member": found, "role": ROLES[found.role]}
        return render(request, "company/activate.html", context)
    actor, response = prove_identity(actor=request.actor), SeeOther("/company")
    try:
        sign_in = activate_grant(actor=actor, grant_id=grant_id)
    except NoSuchMove:
        if waiting_grant(actor, grant_id).state != "active":
            raise
        return response
    if sign_in is None:
        text = _("The role is activated. It works once your identity is verified.")
        flash.say(request, "info", text)
        return response
    if sign_in.token:
        keep_session(request, response, sign_in.token)
    flash.say(request, "success", _("Your access is active, and you are using it now."))
    return response
