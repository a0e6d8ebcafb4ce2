"""/account/access: every role one holds, held or asked for, and why it works or does not."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse

from gapura.access.queries import (
    ROLES,
    GrantView,
    appointments_to_activate,
    grants_of,
    last_confirmed,
    own_requests,
    renewable,
)
from gapura.web.account.tabs import tabs
from gapura.web.shell.pages import render
from gapura.web.shell.recertified import confirmed_in_words
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
        "confirmed": _confirmed(grants),
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


def _confirmed(grants: Sequence[GrantView]) -> dict[UUID, list[str]]:
    """What reviews say of these accesses, by their ids."""
    found = last_confirmed(grant.id for grant in grants if grant.state != "revoked")
    return {grant: confirmed_in_words(one) for grant, one in found.items()}
