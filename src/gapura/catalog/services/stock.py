"""Sets stock for the company; reserves, releases and consumes it for orders."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from gapura.catalog import errors, events
from gapura.catalog.models import Product, Reservation, StockEvent
from gapura.catalog.permissions import Can
from gapura.catalog.rules import MOST_STOCK, is_quantity
from gapura.catalog.services.loading import load, newest, tell
from gapura.catalog.states import LISTED, TAKEN_DOWN
from gapura.catalog.words import DIVISIBLE
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems

_Lines = dict[UUID, Decimal]
# The condition stands in the UPDATE itself: of any number of orders for the last piece one gets it.
_TAKE = """
    UPDATE catalog_product
    SET stock_available = stock_available - %(quantity)s,
        stock_reserved = stock_reserved + %(quantity)s
    WHERE id = %(product)s AND state = %(listed)s AND stock_available >= %(quantity)s
    RETURNING stock_available, stock_reserved
"""
_CLOSE = {
    "release": """
    UPDATE catalog_product
    SET stock_reserved = stock_reserved - %(quantity)s,
        stock_available = stock_available + %(quantity)s
    WHERE id = %(product)s RETURNING stock_available, stock_reserved
""",
    "consume": """
    UPDATE catalog_product
    SET stock_reserved = stock_reserved - %(quantity)s,
        stock_consumed = stock_consumed + %(quantity)s
    WHERE id = %(product)s RETURNING stock_available, stock_reserved
""",
}


def set_stock(
    *, actor: Actor, product: UUID, quantity: Decimal, seen: Decimal | None = None
) -> None:
    """Set how much can be ordered from now on; what orders hold is not touched.

    `seen` is what the company saw as free when it counted: when orders changed that meanwhile,
    nothing is set. The same quantity again changes nothing.

    :raises NoSuchProduct: for another company's.
    :raises FieldProblems: quantity (WrongStock).
    :raises StockMoved: when `seen` is not what is free now.
    :raises ProductTakenDown: for a product that was taken down.
    """
    with transaction.atomic():
        row = load(actor, product, Can.SET_STOCK)
        if row.state == TAKEN_DOWN:
            raise errors.ProductTakenDown()
        divisible = newest(row).unit in DIVISIBLE
        if quantity != 0 and not is_quantity(quantity, divisible, MOST_STOCK):
            raise FieldProblems({"quantity": errors.WrongStock()})
        before = row.stock_available
        if seen is not None and seen != before:
            raise errors.StockMoved(available=plain(before))
        if before == quantity:
            return
        rows = Product.objects.filter(pk=product)
        rows.update(
            stock_available=quantity, stock_supplied=F("stock_supplied") + (quantity - before)
        )
        after = (quantity, row.stock_reserved)
        _log([_move(product, "set", quantity - before, after, by=actor.person)])
        tell(actor, events.STOCK_SET, row, quantity=plain(quantity), previous=plain(before))


def reserve_stock(*, order: UUID, lines: Sequence[tuple[UUID, Decimal]]) -> bool:
    """Hold goods for an order, all lines or none; lines are (product, quantity). True when new.

    In the caller's transaction, who has checked the right to order and records the order. The same
    order with the same lines again changes nothing. Rows are locked in the order of their ids, so
    that any number of racing orders wait for each other and never deadlock.

    :raises StockGone: fewer are free; `.product` says of which.
    :raises NotForSale: not in the catalog now; `.product` says which.
    :raises ReservedOtherwise: the order holds other goods already.
    :raises ValueError: for a quantity that is not positive.
    """
    _demand_transaction()
    wanted = _summed(lines)
    with transaction.atomic():
        if held := _held(order):
            if held != wanted:
                raise errors.ReservedOtherwise()
            return False
        moves = [_take(order, product, wanted[product]) for product in sorted(wanted)]
        rows = [Reservation(order=order, product_id=p, quantity=q) for p, q in wanted.items()]
        try:
            with transaction.atomic():
                Reservation.objects.bulk_create(rows)
        except IntegrityError as error:
            raise errors.ReservedOtherwise() from error
        _log(moves)
        return True


def release_stock(*, order: UUID) -> None:
    """Give back what an order holds; an order that holds nothing changes nothing.

    In the caller's transaction, who records why.
    """
    _close(order, "release")


def consume_stock(*, order: UUID) -> None:
    """Count what an order holds as gone (shipped); an order that holds nothing changes nothing.

    In the caller's transaction, who records why.
    """
    _close(order, "consume")


def plain(quantity: Decimal) -> str:
    """A quantity without needless zeros."""
    text = f"{quantity:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _summed(lines: Sequence[tuple[UUID, Decimal]]) -> _Lines:
    wanted: _Lines = {}
    for product, quantity in lines:
        if not is_quantity(quantity, True, MOST_STOCK):
            raise ValueError(f"no quantity to reserve: {quantity}")
        wanted[product] = wanted.get(product, Decimal(0)) + quantity
    return wanted


def _held(order: UUID) -> _Lines:
    rows = Reservation.objects.filter(order=order, closed_at__isnull=True)
    return dict(rows.values_list("product_id", "quantity"))


def _take(order: UUID, product: UUID, quantity: Decimal) -> StockEvent:
    values = {"product": product, "quantity": quantity, "listed": LISTED}
    after = _updated(_TAKE, values)
    if after is None:
        raise _why_not(product)
    return _move(product, "reserve", quantity, after, order)


def _why_not(product: UUID) -> errors.AboutProduct:
    rows = Product.objects.filter(pk=product)
    found = rows.values_list("name", "state", "stock_available").first()
    name, state, left = found or (str(product), "", Decimal(0))
    if state != LISTED:
        return errors.NotForSale(product, name=name)
    return errors.StockGone(product, name=name, left=plain(left))


def _close(order: UUID, kind: str) -> None:
    _demand_transaction()
    with transaction.atomic():
        rows = Reservation.objects.select_for_update().filter(order=order, closed_at__isnull=True)
        held = sorted(rows.values_list("product_id", "quantity"))
        rows.update(closed_at=clock.now())
        moves = []
        for product, quantity in held:
            after = _updated(_CLOSE[kind], {"product": product, "quantity": quantity})
            assert after is not None  # noqa: S101 - a reservation keeps its product
            moves.append(_move(product, kind, quantity, after, order))
        _log(moves)


def _updated(sql: str, values: dict[str, Any]) -> tuple[Decimal, Decimal] | None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Decimal, Decimal] | None = cursor.fetchone()
        return row


def _move(
    product: UUID,
    kind: str,
    quantity: Decimal,
    after: tuple[Decimal, Decimal],
    order: UUID | None = None,
    by: UUID | None = None,
) -> StockEvent:
    return StockEvent(
        product_id=product,
        kind=kind,
        quantity=quantity,
        available_after=after[0],
        reserved_after=after[1],
        order=order,
        at=clock.now(),
        by=by,
    )


def _log(moves: list[StockEvent]) -> None:
    StockEvent.objects.bulk_create(moves)


def _demand_transaction() -> None:
    if not connection.in_atomic_block:
        raise RuntimeError("stock of an order is moved in the transaction of the order's own move")
