"""/account/access: every role one holds, held or asked for, and why it works or does not."""

from django.http import HttpResponse

from gapura.access.queries import (
    ROLES,
    appointments_to_activate,
    grants_of,
    own_requests,
    renewable,
)
from gapura.web.account.tabs import tabs
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import GRANTS, REQUESTS

HERE = "/account/access"
_NEWEST = 20


def show(request: Request) -> HttpResponse:
    """Grants and the newest requests."""
    actor = request.actor
    grants = grants_of(actor)
    context = {
        "grants": grants,
        "renewable": renewable(actor),
        "usable": {grant.id for grant in actor.grants},
        "appointments": appointments_to_activate(actor),
        "in_use": actor.grant.id if actor.grant else None,
        "requests": own_requests(actor)[:_NEWEST],
        "roles": ROLES,
        "grant_states": GRANTS,
        "request_states": REQUESTS,
        "tabs": tabs(HERE),
    }
    return render(request, "account/access.html", context)
