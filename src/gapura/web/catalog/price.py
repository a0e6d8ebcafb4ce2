"""/catalog/<id>/price: a company sets its price; it counts at once and stays in the history."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.errors import ProductTakenDown, TooManyPrices
from gapura.catalog.permissions import Can
from gapura.catalog.queries import price_reference, product_for
from gapura.catalog.services import set_price
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.amounts import rupiah_field
from gapura.web.catalog.looks import looks
from gapura.web.shell.display import quantity, rupiah
from gapura.web.shell.flash import say
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


class PriceForm(Form):
    """The new price."""

    amount = rupiah_field(label=lazy("New price for one unit, without PPN"))


def price(request: Request, product_id: UUID) -> HttpResponse:
    """The present price with its history, and the form for a new one."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.SET_PRICE, view)
    if "set_price" not in view.can:
        raise ProductTakenDown()
    initial = {"amount": quantity(view.card.price)}
    form = PriceForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        amount = form.cleaned_data["amount"]
        try:
            set_price(actor=request.actor, product=product_id, amount=amount)
        except (FieldProblems, TooManyPrices) as problem:
            form.take(problem)
        else:
            said = _("The price is %(price)s from now on.") % {"price": rupiah(amount)}
            say(request, "success", said)
            return go_to(f"/catalog/{product_id}")
    values = {
        "form": form,
        "product": view,
        "compared": price_reference(product_id) if view.listed else None,
        "zone": request.actor.grant.zone if request.actor.grant else "Asia/Jakarta",
        "looks": looks(),
    }
    return render(request, "catalog/price.html", values, 422 if form.errors else 200)
