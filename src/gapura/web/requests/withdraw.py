"""/requests/<id>/withdraw: what withdrawing means, then the deed."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.queries import REQUEST, ROLES, request_for
from gapura.access.services import withdraw_request
from gapura.kernel.moves import NoSuchMove
from gapura.web.requests.editing import page_of
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def withdraw(request: Request, request_id: UUID) -> HttpResponse:
    """GET asks, POST does it. Doing it twice ends on the same page."""
    if request.method == "POST":
        return _do(request, request_id)
    view = request_for(request.actor, request_id)
    if not view.is_own or REQUEST.step(view.state, "withdraw") is None:
        return go_to(page_of(request_id))
    return render(request, "requests/withdraw.html", {"view": view, "role": ROLES[view.role]})


def _do(request: Request, request_id: UUID) -> HttpResponse:
    try:
        withdraw_request(actor=request.actor, request_id=request_id)
    except NoSuchMove:
        view = request_for(request.actor, request_id)
        if view.state != "withdrawn":
            raise
    else:
        flash.say(request, "success", _("You withdrew the request."))
    return go_to("/requests")
