"""/catalog/<id>/stock: a company says how much can be ordered; every movement is listed."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.errors import ProductTakenDown, StockMoved
from gapura.catalog.permissions import Can
from gapura.catalog.queries import DIVISIBLE, ProductDetail, product_for, stock_history
from gapura.catalog.services import set_stock
from gapura.kernel import clock
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.web.catalog.amounts import quantity_field
from gapura.web.catalog.looks import looks
from gapura.web.shell.display import quantity
from gapura.web.shell.flash import say
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

MOVES = {
    "set": N_("Set by the company"),
    "reserve": N_("Held for an order"),
    "release": N_("Given back by an order"),
    "consume": N_("Shipped"),
}


class StockForm(Form):
    """How much is free to be ordered; `seen` is what stood there when the form was opened."""

    seen = TextField(label="seen", required=False, longest=30)

    def __init__(self, divisible: bool, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        label = lazy("How much can be ordered from now on")
        self.fields["quantity"] = quantity_field(label=label, divisible=divisible)

    def clean_seen(self) -> Decimal | None:
        """The number that the page wrote there itself; anything else says nothing."""
        try:
            found = Decimal(self.cleaned_data["seen"])
        except InvalidOperation:
            return None
        return found if found.is_finite() else None


def stock(request: Request, product_id: UUID) -> HttpResponse:
    """The stock with its movements, and the form to set it."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.SET_STOCK, view)
    if "set_stock" not in view.can:
        raise ProductTakenDown()
    initial = {"quantity": quantity(view.card.stock)}
    data = request.POST if request.method == "POST" else None
    form = StockForm(view.card.unit in DIVISIBLE, data, initial=initial)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            set_stock(actor=request.actor, product=product_id, **given)
        except (FieldProblems, StockMoved) as problem:
            form.take(problem)
        else:
            said = _("The stock is %(stock)s from now on.")
            say(request, "success", said % {"stock": quantity(given["quantity"])})
            return go_to(f"/catalog/{product_id}")
    return _page(request, form, product_for(request.actor, product_id) if form.errors else view)


def _page(request: Request, form: StockForm, view: ProductDetail) -> HttpResponse:
    grant = request.actor.grant
    values = {
        "form": form,
        "product": view,
        "moves": stock_history(request.actor, view.id),
        "words": MOVES,
        "zone": grant.zone if grant else clock.JAKARTA,
        "looks": looks(),
    }
    return render(request, "catalog/stock.html", values, 422 if form.errors else 200)
