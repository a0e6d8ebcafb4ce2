"""GET /requests: a person's own requests, newest first."""

from django.http import HttpResponse

from gapura.access.queries import ROLES, own_requests
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import REQUESTS


def own(request: Request) -> HttpResponse:
    """The list, or how to begin."""
    rows = own_requests(request.actor)
    return render(request, "requests/own.html", {"rows": rows, "roles": ROLES, "states": REQUESTS})
