"""How much of each line a draft orders."""

from collections.abc import Mapping
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from gapura.catalog.queries import Orderable
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.problems import FieldProblems
from gapura.purchasing import events
from gapura.purchasing.errors import WrongChoice
from gapura.purchasing.models import Order, OrderLine
from gapura.purchasing.permissions import Can
from gapura.purchasing.services.lines import add_up, known_products, lines_of, put, tax_on, totals
from gapura.purchasing.services.steps import held, write_down
from gapura.purchasing.states import ORDER

_MOST_QUANTITY = 100_000


def save_quantities(*, actor: Actor, order: UUID, quantities: Mapping[int, Decimal]) -> None:
    """Set how much of each line (by its number) a draft orders; 0 takes the line out.

    :raises NoSuchOrder, Refused, NoSuchMove: as `save_draft`.
    :raises FieldProblems: quantity-N is no quantity of this unit, or nothing would be left.
    """
    with transaction.atomic():
        row = held(actor, Can.SAVE, order, "save")
        lines = lines_of(row)
        known = known_products(lines)
        for line in lines:
            line.quantity = quantities.get(line.number, line.quantity)
        whole = {line.number for line in lines if not _divisible(line, known)}
        wrong = {
            f"quantity-{line.number}": WrongChoice()
            for line in lines
            if not _is_quantity(line.quantity, whole=line.number in whole)
        }
        kept = [line for line in lines if line.quantity]
        if not kept:
            wrong = {"quantity-1": WrongChoice()}
        if wrong:
            raise FieldProblems(wrong)
        _write_lines(row, lines, kept)
        step = move(ORDER, row, "save", changed_at=clock.now(), **totals(row))
        write_down(actor, row, events.SAVED, {}, step)


def _divisible(line: OrderLine, known: Mapping[UUID, Orderable]) -> bool:
    product = known.get(line.product_id)
    return product is not None and product.divisible


def _is_quantity(quantity: Decimal, *, whole: bool) -> bool:
    if not quantity.is_finite() or not 0 <= quantity <= _MOST_QUANTITY:
        return False
    return quantity == quantity.quantize(Decimal(1) if whole else Decimal("0.0001"))


def _write_lines(row: Order, lines: list[OrderLine], kept: list[OrderLine]) -> None:
    OrderLine.objects.filter(pk__in=[line.pk for line in lines if line not in kept]).delete()
    for line in kept:
        put(line, tax_on(line))
        line.save(force_update=True)
    add_up(row, kept)
