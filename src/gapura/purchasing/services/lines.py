"""The lines of an order: written from the list to buy, priced, checked against the catalog."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from gapura.catalog.queries import Orderable, orderable, price_reference
from gapura.kernel import clock
from gapura.organizations.queries import company as company_named
from gapura.purchasing.errors import Change, CompanyNotActive, PriceChanged, ProductGone
from gapura.purchasing.models import Order, OrderLine
from gapura.purchasing.queries.pricing import LISTED, tax_of
from gapura.purchasing.rules import Sum, Tax, line_sum, total_of

ACTIVE = "active"


def lines_of(row: Order) -> list[OrderLine]:
    """The lines in their order."""
    return list(OrderLine.objects.filter(order=row).order_by("number"))


def new_line(row: Order, number: int, product: Orderable, quantity: Decimal) -> OrderLine:
    """A line at the listed price, with the prices of like products now; not saved, not priced."""
    line = OrderLine(order=row, number=number, product_id=product.product, quantity=quantity)
    describe(line, product)
    return line


def describe(line: OrderLine, product: Orderable) -> None:
    """Take over what the product is and costs now."""
    like = price_reference(product.product)
    line.version_id, line.name, line.unit = product.version_id, product.name, product.unit
    line.list_price = line.agreed_price = product.price
    line.reference_lowest, line.reference_median = like.lowest, like.median
    line.reference_highest, line.reference_count = like.highest, like.count


def price(row: Order, lines: Sequence[OrderLine], known: dict[UUID, Orderable]) -> None:
    """Work out tax and amounts of unsaved lines and of the order, by the rules of today."""
    taxable = company_named(row.company_id).taxable
    day = clock.today(row.zone)
    taxes = {
        key: tax_of(key, taxable=taxable, day=day)
        for key in {known[line.product_id].tax_class for line in lines}
    }
    for line in lines:
        put(line, taxes[known[line.product_id].tax_class])
    add_up(row, lines)


def put(line: OrderLine, tax: Tax) -> None:
    """The amounts of one line at its agreed price."""
    found = line_sum(line.agreed_price, line.quantity, tax)
    line.base, line.taxed, line.tax, line.amount = found.base, found.taxed, found.tax, found.amount
    line.tax_rate, line.tax_share, line.tax_rule_id = tax.rate, str(tax.share), tax.rule


def tax_on(line: OrderLine) -> Tax:
    """How the line is taxed, as it was written down."""
    return Tax(line.tax_rate, Fraction(line.tax_share), line.tax_rule_id)


def sums_at(lines: Sequence[OrderLine], prices: Sequence[Decimal]) -> Sum:
    """What the order comes to at other prices, one a line."""
    pairs = zip(lines, prices, strict=True)
    return total_of(line_sum(amount, line.quantity, tax_on(line)) for line, amount in pairs)


def add_up(row: Order, lines: Sequence[OrderLine]) -> None:
    """Put the totals of priced lines into the order; nothing is rounded again."""
    total = total_of(Sum(line.base, line.taxed, line.tax, line.amount) for line in lines)
    row.base, row.tax, row.total = total.base, total.tax, total.amount


def totals(row: Order) -> dict[str, Decimal]:
    """The order's totals as columns to change."""
    return {"base": row.base, "tax": row.tax, "total": row.total}


def known_products(lines: Sequence[OrderLine]) -> dict[UUID, Orderable]:
    """What the products of these lines are now, by product."""
    return orderable(line.product_id for line in lines)


def check_live(lines: Sequence[OrderLine]) -> dict[UUID, Orderable]:
    """Every product is in the catalog now.

    :raises ProductGone: one is withdrawn, frozen or taken down.
    """
    known = known_products(lines)
    for line in lines:
        product = known.get(line.product_id)
        if product is None or product.state != LISTED:
            raise ProductGone(name=line.name)
    return known


def check_unchanged(lines: Sequence[OrderLine], known: dict[UUID, Orderable]) -> None:
    """The draft shows what is valid now.

    :raises PriceChanged: a price is another, or a product has a new version.
    """
    changes = [
        Change(line.name, line.list_price, known[line.product_id].price)
        for line in lines
        if (line.list_price, line.version_id)
        != (known[line.product_id].price, known[line.product_id].version_id)
    ]
    if changes:
        raise PriceChanged(changes)


def check_company(row: Order) -> None:
    """The company may take new orders today.

    :raises CompanyNotActive: it is blacklisted, suspended or revoked.
    """
    if company_named(row.company_id).standing != ACTIVE:
        raise CompanyNotActive(company=row.company.name)
