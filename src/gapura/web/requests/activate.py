"""POST /requests/<id>/activate: an approved access begins to work."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import NoSuchGrant
from gapura.access.queries import request_for
from gapura.journeys.activation import activate_grant
from gapura.kernel.moves import NoSuchMove
from gapura.web.requests.editing import page_of
from gapura.web.shell import flash
from gapura.web.shell.requests import Request, go_to, keep_session


def activate(request: Request, request_id: UUID) -> HttpResponse:
    """Confirm the access. Doing it twice ends on the same page; a weak sign-in, at the step-up."""
    view = request_for(request.actor, request_id)
    if view.grant is None:
        raise NoSuchGrant()
    response = go_to(page_of(request_id))
    try:
        sign_in = activate_grant(actor=request.actor, grant_id=view.grant)
    except NoSuchMove:
        if request_for(request.actor, request_id).grant_state != "active":
            raise
        return response
    if sign_in is None:
        text = _("Your access is confirmed. It begins to work on its first day.")
    else:
        text = _("Your access is active, and you are using it now.")
        if sign_in.token:
            keep_session(request, response, sign_in.token)
    flash.say(request, "success", text)
    return response
