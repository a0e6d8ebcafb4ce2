"""/catalog/products/<id>/versions/<n>: one version of a product as it was, for reading only."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.catalog.queries import version_for
from gapura.kernel import clock
from gapura.purchasing.queries import is_ordered
from gapura.web.catalog.looks import looks
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def show(request: Request, product_id: UUID, number: int) -> HttpResponse:
    """What an order holds on to, whatever became of the product since."""
    ordered = partial(is_ordered, request.actor)
    found = version_for(request.actor, product_id, number, ordered=ordered)
    grant = request.actor.grant
    values: dict[str, Any] = {
        "found": found,
        "version": found.version,
        "zone": grant.zone if grant else clock.JAKARTA,
        "looks": looks(),
    }
    return render(request, "catalog/version.html", values)
