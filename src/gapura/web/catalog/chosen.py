"""/catalog/chosen: what the unit has on its list to buy."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.queries import choices_of
from gapura.catalog.services import drop_product
from gapura.web.shell.flash import say
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def show(request: Request) -> HttpResponse:
    """The list with its total."""
    grant = request.actor.grant
    rows = choices_of(request.actor)
    total = sum((row.total.amount for row in rows), start=Decimal(0))
    values = {"rows": rows, "total": total, "grant": grant}
    return render(request, "catalog/chosen.html", values)


def drop(request: Request, product_id: UUID) -> HttpResponse:
    """Take one off the list."""
    drop_product(actor=request.actor, product=product_id)
    say(request, "success", _("The product is no longer on your unit's list."))
    return go_to("/catalog/chosen")
