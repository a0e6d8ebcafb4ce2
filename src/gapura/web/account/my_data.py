"""/account/data: what is held of oneself, why and how long, who was given it, who looked."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.audit.queries import Filters, looked_at
from gapura.kernel import clock
from gapura.privacy.queries import (
    held,
    kinds_held,
    newest_copy,
    own_requests,
    restricted_since,
)
from gapura.sso.queries import applications_of
from gapura.web.account.tabs import tabs
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import DATA_REQUESTS

HERE = "/account/data"
_LOOKS, _REQUESTS = 5, 5


def show(request: Request) -> HttpResponse:
    """The whole: kinds of data, the copy, requests, to whom given, who looked."""
    actor = request.actor
    values: dict[str, Any] = {
        "kinds": kinds_held(actor),
        "copy": newest_copy(actor),
        "requests": own_requests(actor)[:_REQUESTS],
        "states": DATA_REQUESTS,
        "restricted": restricted_since(actor),
        "applications": [one for one in applications_of(actor) if one.sees or one.sessions],
        "looks": looked_at(actor, Filters(size=_LOOKS)).rows,
        "tabs": tabs(HERE),
        "zone": zone_of(request),
    }
    return render(request, "account/my_data.html", values)


def kind(request: Request, data_kind: str) -> HttpResponse:
    """One kind of data with the newest rows of each class."""
    zone = zone_of(request)
    found = held(request.actor, data_kind, zone)
    values = {
        "kind": found,
        "rows": {one.name: [_listed(row) for row in one.rows] for one in found.holdings},
        "crumbs": [{"text": _("Your data"), "href": HERE}],
        "zone": zone,
    }
    return render(request, "account/my_data_kind.html", values)


def _listed(row: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"key": label, "value": value} for label, value in row]


def zone_of(request: Request) -> str:
    """Where the person is: the zone of the unit they act for, else Jakarta's."""
    return request.actor.grant.zone if request.actor.grant else clock.JAKARTA
