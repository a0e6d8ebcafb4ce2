"""/catalog/<id>: one product; buyers choose it, its company keeps it, curators watch over it."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.errors import ListFull
from gapura.catalog.permissions import Can
from gapura.catalog.queries import (
    DIVISIBLE,
    MOST_PICTURES,
    PriceReference,
    ProductDetail,
    chosen_by_unit,
    price_reference,
    product_for,
)
from gapura.catalog.services import choose_product
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, may, require
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.amounts import quantity_field
from gapura.web.catalog.looks import looks
from gapura.web.catalog.own_tasks import own_tasks, standing_of
from gapura.web.shell.display import quantity
from gapura.web.shell.flash import say
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to, safe_path


class ChooseForm(Form):
    """How much of it."""

    def __init__(self, unit: str, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        divisible = unit in DIVISIBLE
        self.fields["quantity"] = quantity_field(label=lazy("Quantity"), divisible=divisible)


def show(request: Request, product_id: UUID) -> HttpResponse:
    """The product, and what this role may do with it."""
    view = product_for(request.actor, product_id)
    on_list = _on_list(request.actor, view)
    initial = {"quantity": quantity(on_list) if on_list else "1"}
    form = ChooseForm(view.version.unit, initial=initial)
    return _page(request, view, form, on_list=on_list)


def choose(request: Request, product_id: UUID) -> HttpResponse:
    """Put it on the unit's list; then back to where the person came from."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.CHOOSE, view)
    form = ChooseForm(view.version.unit, request.POST)
    if form.is_valid():
        amount = form.cleaned_data["quantity"]
        try:
            choose_product(actor=request.actor, product=product_id, quantity=amount)
        except (FieldProblems, ListFull) as problem:
            form.take(problem)
        else:
            said = _("%(name)s is on your unit's list, quantity %(quantity)s.")
            say(request, "success", said % {"name": view.name, "quantity": quantity(amount)})
            return go_to(safe_path(request.POST.get("next"), f"/catalog/{product_id}"))
    on_list = _on_list(request.actor, view)
    return _page(request, view, form, status=422, on_list=on_list)


def _on_list(actor: Actor, view: ProductDetail) -> Decimal | None:
    return chosen_by_unit(actor, [view.id]).get(view.id) if "choose" in view.can else None


def _page(
    request: Request,
    view: ProductDetail,
    form: ChooseForm,
    status: int = 200,
    on_list: Decimal | None = None,
) -> HttpResponse:
    grant = request.actor.grant
    values = {
        "form": form,
        "product": view,
        "version": view.version,
        "on_list": on_list,
        "reasons": _why_not(request.actor, view),
        "place": grant.place if grant else "",
        "zone": grant.zone if grant else clock.JAKARTA,
        "next": safe_path(request.POST.get("next"), ""),
        "compared": _compared(view),
        **_for_the_company(view),
        "curates": may(request.actor, Can.SEE_QUEUE),
        "claims_wait": any(claim.state == "claimed" for claim in view.claims),
        "most_pictures": MOST_PICTURES,
        "looks": looks(),
    }
    return render(request, "catalog/product.html", values, status)


def _for_the_company(view: ProductDetail) -> dict[str, Any]:
    if not view.mine:
        return {"tasks": (), "standing": ""}
    return {"tasks": own_tasks(view), "standing": standing_of(view)}


def _why_not(actor: Actor, view: ProductDetail) -> Any:
    if "choose" in view.can or view.mine or not view.listed:
        return ()
    return decide(actor, Can.CHOOSE, view).missing


def _compared(view: ProductDetail) -> PriceReference | None:
    """Prices of comparable products; nothing is said where there is nothing to compare with."""
    if not view.listed:
        return None
    found = price_reference(view.id)
    return found if found.count > 1 else None
