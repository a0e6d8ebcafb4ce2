"""/catalog/<id>: one product; buyers choose it here, curators put it into the catalog."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.errors import ListFull
from gapura.catalog.permissions import Can
from gapura.catalog.queries import ProductView, chosen_by_unit, product_for
from gapura.catalog.services import choose_product, publish_product
from gapura.kernel.permissions import decide, require
from gapura.kernel.problems import FieldProblems
from gapura.web.catalog.amounts import WholeField
from gapura.web.shell.flash import say
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to, safe_path


class ChooseForm(Form):
    """How many pieces."""

    quantity = WholeField(
        label=lazy("Quantity"),
        hint=lazy("In whole pieces, for example 12."),
        wrong=lazy("The quantity must be a whole number from 1 to 100,000. Type digits only."),
        width="5",
        autocomplete="off",
    )


def show(request: Request, product_id: UUID) -> HttpResponse:
    """The product, and what this role may do with it."""
    view = product_for(request.actor, product_id)
    on_list = chosen_by_unit(request.actor, [product_id]).get(product_id)
    initial = {"quantity": f"{on_list:.0f}" if on_list else "1"}
    return _page(request, view, ChooseForm(initial=initial), on_list=on_list)


def choose(request: Request, product_id: UUID) -> HttpResponse:
    """Put it on the unit's list; then back to where the person came from."""
    view = product_for(request.actor, product_id)
    require(request.actor, Can.CHOOSE, view)
    form = ChooseForm(request.POST)
    if form.is_valid():
        quantity = form.cleaned_data["quantity"]
        try:
            choose_product(actor=request.actor, product=product_id, quantity=quantity)
        except (FieldProblems, ListFull) as problem:
            form.take(problem)
        else:
            said = _("%(name)s is on your unit's list, quantity %(quantity)s.")
            say(request, "success", said % {"name": view.name, "quantity": quantity})
            return go_to(safe_path(request.POST.get("next"), f"/catalog/{product_id}"))
    return _page(request, view, form, status=422)


def publish(request: Request, product_id: UUID) -> HttpResponse:
    """Put it into the catalog."""
    publish_product(actor=request.actor, product=product_id)
    say(request, "success", _("The product is in the catalog now. Buyers can choose it."))
    return go_to(f"/catalog/{product_id}")


def _page(
    request: Request, view: ProductView, form: ChooseForm, status: int = 200, on_list: Any = None
) -> HttpResponse:
    verdict = decide(request.actor, Can.CHOOSE, view)
    values = {
        "form": form,
        "product": view,
        "on_list": on_list,
        "may_choose": verdict.allowed,
        "reasons": verdict.missing,
        "may_publish": bool(decide(request.actor, Can.PUBLISH, view)) and not view.listed,
        "place": request.actor.grant.place if request.actor.grant else "",
        "next": safe_path(request.POST.get("next"), ""),
    }
    return render(request, "catalog/product.html", values, status)
