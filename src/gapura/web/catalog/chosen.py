"""/catalog/chosen: what the unit has on its list to buy, by company, and the way to an order."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.queries import ChoiceView, choices_of
from gapura.catalog.services import drop_product
from gapura.kernel.money import Rupiah
from gapura.web.catalog.looks import looks
from gapura.web.shell.flash import say
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


@dataclass(frozen=True, slots=True)
class Basket:
    """What one company would deliver; an order goes to one company."""

    company: str
    name: str
    rows: tuple[ChoiceView, ...]

    @property
    def total(self) -> Rupiah:
        """Of everything in it, without tax."""
        return Rupiah(sum((row.total.amount for row in self.rows), start=Decimal(0)))

    @property
    def problems(self) -> int:
        """Lines that cannot be ordered as they stand."""
        return sum(trouble(row) != "" for row in self.rows)


def trouble(row: ChoiceView) -> str:
    """Why a line cannot be ordered as it stands: gone, short (of stock), or empty."""
    if row.state != "listed":
        return "gone"
    return "short" if row.stock < row.quantity else ""


def show(request: Request) -> HttpResponse:
    """The list, one table for each company."""
    baskets = _baskets(choices_of(request.actor))
    values = {
        "baskets": baskets,
        "total": Rupiah(sum((one.total.amount for one in baskets), start=Decimal(0))),
        "grant": request.actor.grant,
        "trouble": trouble,
        "looks": looks(),
    }
    return render(request, "catalog/chosen.html", values)


def _baskets(rows: Iterable[ChoiceView]) -> list[Basket]:
    by_company: dict[str, list[ChoiceView]] = {}
    for row in rows:
        by_company.setdefault(row.company, []).append(row)
    found = [Basket(code, part[0].company_name, tuple(part)) for code, part in by_company.items()]
    return sorted(found, key=lambda basket: basket.name.casefold())


def drop(request: Request, product_id: UUID) -> HttpResponse:
    """Take one off the list."""
    drop_product(actor=request.actor, product=product_id)
    say(request, "success", _("The product is no longer on your unit's list."))
    return go_to("/catalog/chosen")
