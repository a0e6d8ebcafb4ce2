"""GET /requests/<id>/sent: the reference to quote, the deadline, and what happens next."""

from uuid import UUID

from django.http import HttpResponse

from gapura.access.queries import ROLES, request_for
from gapura.web.requests.editing import page_of
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def sent(request: Request, request_id: UUID) -> HttpResponse:
    """For the applicant while the request waits; else the request's own page."""
    view = request_for(request.actor, request_id)
    if not view.is_own or view.due_at is None:
        return go_to(page_of(request_id))
    return render(request, "requests/sent.html", {"view": view, "role": ROLES[view.role]})
