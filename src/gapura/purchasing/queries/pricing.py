"""The dated numbers that orders go by, and what an order of the unit's list would come to."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from gapura.catalog.queries import ChoiceView, Orderable, choices_of, is_open_to, orderable
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_
from gapura.organizations.queries import company as company_named
from gapura.purchasing.models import Order, PurchasingRule
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries.lists import BasketLine, BasketView
from gapura.purchasing.rules import (
    NO_TAX,
    Sum,
    Tax,
    line_sum,
    makes_order,
    province,
    total_of,
)

LISTED = "listed"
_FREE = "ppn_free"
_GONE = N_("It is not in the catalog any more. Take it off the list.")
_SHORT = N_("Fewer are left than you want. Order fewer.")


def tax_of(tax_class: str, *, taxable: bool, day: date) -> Tax:
    """PPN of a product of this class from a company (`taxable`: it is PKP) on a legal day.

    :raises LookupError: no dated row covers the day.
    """
    if not taxable or tax_class == _FREE:
        return NO_TAX
    rate = PurchasingRule.row_at("ppn_rate", day)
    if rate is None:
        raise LookupError(f"no rule 'ppn_rate' on {day}")
    share = PurchasingRule.value_at("ppn_share", day, tax_class)
    return Tax(Decimal(rate.value), Fraction(share), rate.id)


def ceiling_at(region: str, day: date) -> tuple[Decimal, str]:
    """Up to how many rupiah with tax a PP orders in this region on this day, and its basis."""
    row = PurchasingRule.row_at("pp_ceiling", day, province(region))
    if row is None:
        raise LookupError(f"no rule 'pp_ceiling' on {day}")
    return Decimal(row.value), row.basis


def place_of(unit: str, agency: str) -> tuple[str, str]:
    """The zone of a unit and the region of its agency (empty for a ministry)."""
    row = Order(unit_id=unit, agency_id=agency)
    return row.unit.zone, row.agency.region_id or ""


def basket(actor: Actor, company: str) -> BasketView:
    """What the unit's list has from one company, at today's prices, and which office orders it.

    :raises Refused: for anyone but PP and PPK.
    :raises NoSuchCompany: unknown code.
    """
    require(actor, Can.DRAFT)
    seller = company_named(company)
    grant = actor.grant
    assert grant is not None  # noqa: S101 - the permission asks for a role
    zone, region = place_of(grant.unit, grant.agency)
    day = clock.today(zone)
    chosen = [choice for choice in choices_of(actor) if choice.company == company]
    known = orderable(choice.product for choice in chosen)
    sums = [_sum(one, known.get(one.product), taxable=seller.taxable, day=day) for one in chosen]
    total, pairs = total_of(sums), zip(chosen, sums, strict=True)
    ceiling, basis = ceiling_at(region, day)
    return BasketView(
        company=seller.code,
        company_name=seller.name,
        lines=tuple(_line(actor, one, known.get(one.product), s) for one, s in pairs),
        base=total.base,
        tax=total.tax,
        total=total.amount,
        ceiling=ceiling,
        ceiling_basis=basis,
        office=makes_order(total.amount, ceiling),
    )


def _sum(choice: ChoiceView, product: Orderable | None, *, taxable: bool, day: date) -> Sum:
    price, tax_class = (product.price, product.tax_class) if product else (choice.price, _FREE)
    return line_sum(price, choice.quantity, tax_of(tax_class, taxable=taxable, day=day))


def _line(actor: Actor, choice: ChoiceView, product: Orderable | None, amounts: Sum) -> BasketLine:
    gone = product is None or product.state != LISTED
    short = product is not None and product.stock_available < choice.quantity
    return BasketLine(
        product=choice.product,
        name=choice.name,
        unit=choice.unit,
        quantity=choice.quantity,
        price=choice.price,
        amount=amounts.amount,
        stock=product.stock_available if product else Decimal(0),
        problem=_GONE if gone else _SHORT if short else "",
        open=is_open_to(actor, choice.company, choice.state),
    )
