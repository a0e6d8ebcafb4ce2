"""/orders/new: from the unit's list, the goods of one company, to a draft."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.queries import choices_of
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Busy, Missing, Problem
from gapura.purchasing.queries import BasketView, basket
from gapura.purchasing.services import draft_order
from gapura.web.orders.acts import page_of
from gapura.web.orders.draft_form import DraftForm
from gapura.web.orders.words import quantity
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_LONGEST_CODE = 20
_FIRST_FIELD = "rup_code"


def new(request: Request) -> HttpResponse:
    """Choose the company, then fill in the form; the list's own button sends the company only."""
    posted = request.method == "POST"
    sent = request.POST if posted else request.GET
    company = sent.get("company", "")[:_LONGEST_CODE]
    if not company:
        return _companies(request)
    if posted and _FIRST_FIELD not in request.POST:
        return go_to("/orders/new", company=company)
    goods = basket(request.actor, company)
    if not goods.lines:
        flash.say(request, "info", _("Your unit's list has nothing of this company."))
        return go_to("/orders/new")
    return _drafted(request, goods) if posted else _page(request, goods, DraftForm())


def _drafted(request: Request, goods: BasketView) -> HttpResponse:
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _page(request, goods, form)
    try:
        order = draft_order(actor=request.actor, company=goods.company, **form.cleaned_data)
    except (Refused, Missing, Busy):
        raise
    except Problem as problem:
        form.take(problem)
        return _page(request, goods, form)
    flash.say(
        request, "success", _("The draft is saved. Nobody else has seen it yet: send it now.")
    )
    return go_to(page_of(order))


def _page(request: Request, goods: BasketView, form: DraftForm) -> HttpResponse:
    values: dict[str, Any] = {
        "goods": goods,
        "form": form,
        "quantity": quantity,
        "fits": goods.office == request.actor.role,
        "problems": any(line.problem for line in goods.lines),
    }
    return render(request, "orders/new.html", values, 422 if form.errors else 200)


def _companies(request: Request) -> HttpResponse:
    """The companies on the list, with how many products of each; one goes straight on."""
    rows: dict[str, dict[str, Any]] = {}
    for choice in choices_of(request.actor):
        row = rows.setdefault(choice.company, {"name": choice.company_name, "count": 0})
        row["count"] += 1
    found = [{"code": code, **row} for code, row in rows.items()]
    if len(found) == 1:
        return go_to("/orders/new", company=found[0]["code"])
    return render(request, "orders/companies.html", {"companies": found})
