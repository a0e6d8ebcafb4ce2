"""Stock is conserved, whatever happens in whatever order."""

from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapura.catalog import errors, services
from gapura.catalog.models import Product, Reservation, StockEvent
from gapura.catalog.queries import stock_history
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems, Problem
from tests.catalog import goods

_ORDERS = 4
_QUANTITIES = st.integers(min_value=1, max_value=12)
_OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), st.integers(min_value=0, max_value=20), st.just(0)),
        st.tuples(st.just("reserve"), _QUANTITIES, st.integers(0, _ORDERS - 1)),
        st.tuples(st.just("release"), st.just(0), st.integers(0, _ORDERS - 1)),
        st.tuples(st.just("consume"), st.just(0), st.integers(0, _ORDERS - 1)),
    ),
    max_size=14,
)


def stock_of(product: UUID) -> tuple[int, int, int, int]:
    """Available, reserved, consumed and supplied, in whole pieces."""
    row = Product.objects.get(pk=product)
    columns = (row.stock_available, row.stock_reserved, row.stock_consumed, row.stock_supplied)
    assert all(column == int(column) for column in columns)
    available, reserved, consumed, supplied = map(int, columns)
    return available, reserved, consumed, supplied


def act(actor: Actor, product: UUID, kind: str, quantity: int, order: UUID) -> None:
    """One operation as the rooms do it; a refusal changes nothing."""
    try:
        with transaction.atomic():
            if kind == "set":
                services.set_stock(actor=actor, product=product, quantity=Decimal(quantity))
            if kind == "reserve":
                services.reserve_stock(order=order, lines=[(product, Decimal(quantity))])
            if kind == "release":
                services.release_stock(order=order)
            if kind == "consume":
                services.consume_stock(order=order)
    except (errors.StockGone, errors.ReservedOtherwise):
        pass


class Model:
    """The same in four lines of arithmetic: what the database must agree with."""

    def __init__(self) -> None:
        self.free, self.gone, self.held = 10, 0, dict[int, int]()

    def act(self, kind: str, quantity: int, order: int) -> None:
        """The operation on plain numbers."""
        if kind == "set":
            self.free = quantity
        if kind == "reserve" and order not in self.held and quantity <= self.free:
            self.free -= quantity
            self.held[order] = quantity
        if kind == "release":
            self.free += self.held.pop(order, 0)
        if kind == "consume":
            self.gone += self.held.pop(order, 0)


@given(operations=_OPERATIONS)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_piece_is_lost_or_doubled(
    operations: list[tuple[str, int, int]], seller: Actor, curator: Actor
) -> None:
    product = goods.listed(seller, curator, goods.fields(name=f"Kertas {uuid4()}"), stock=10)
    orders, model = [uuid4() for _ in range(_ORDERS)], Model()
    for kind, quantity, order in operations:
        act(seller, product, kind, quantity, orders[order])
        model.act(kind, quantity, order)
        available, reserved, consumed, supplied = stock_of(product)
        assert available + reserved + consumed == supplied
        assert (available, reserved, consumed) == (
            model.free,
            sum(model.held.values()),
            model.gone,
        )
    check_history(product)


def check_history(product: UUID) -> None:
    """The movements alone tell the same as the columns."""
    moves = list(StockEvent.objects.filter(product=product).order_by("id"))
    total = {
        kind: sum((one.quantity for one in moves if one.kind == kind), start=Decimal(0))
        for kind in ("set", "reserve", "release", "consume")
    }
    available, reserved, consumed, supplied = stock_of(product)
    assert total["set"] == supplied
    assert total["consume"] == consumed
    assert total["reserve"] - total["release"] - total["consume"] == reserved
    assert (moves[-1].available_after, moves[-1].reserved_after) == (available, reserved)
    held = Reservation.objects.filter(product=product, closed_at__isnull=True)
    assert sum(held.values_list("quantity", flat=True)) == reserved


def test_an_order_reserves_all_lines_or_none(seller: Actor, curator: Actor) -> None:
    first = goods.listed(seller, curator, stock=5)
    second = goods.listed(seller, curator, goods.laptop(), stock=1)
    order = uuid4()
    with pytest.raises(errors.StockGone) as caught, transaction.atomic():
        services.reserve_stock(order=order, lines=[(first, Decimal(2)), (second, Decimal(2))])
    assert (caught.value.product, caught.value.values["left"]) == (second, "1")
    assert stock_of(first)[:2] == (5, 0)
    lines = [(second, Decimal(1)), (first, Decimal(2)), (first, Decimal(1))]
    services.reserve_stock(order=order, lines=lines)
    assert (stock_of(first)[:2], stock_of(second)[:2]) == ((2, 3), (0, 1))
    services.reserve_stock(order=order, lines=lines)
    assert stock_of(first)[:2] == (2, 3)
    with pytest.raises(errors.ReservedOtherwise):
        services.reserve_stock(order=order, lines=lines[:1])


def test_released_and_consumed_once(listed: UUID) -> None:
    order = uuid4()
    services.reserve_stock(order=order, lines=[(listed, Decimal(4))])
    for _twice in range(2):
        services.consume_stock(order=order)
    services.release_stock(order=order)
    assert stock_of(listed) == (96, 0, 4, 100)


@pytest.mark.parametrize("state", ["withdrawn", "frozen", "taken_down"])
def test_what_left_the_catalog_is_not_reserved(state: str, listed: UUID) -> None:
    held = uuid4()
    services.reserve_stock(order=held, lines=[(listed, Decimal(1))])
    Product.objects.filter(pk=listed).update(state=state)
    with pytest.raises(errors.NotForSale), transaction.atomic():
        services.reserve_stock(order=uuid4(), lines=[(listed, Decimal(1))])
    services.consume_stock(order=held)
    assert stock_of(listed) == (99, 0, 1, 100)


def test_an_unknown_product_is_not_reserved(places: None) -> None:
    with pytest.raises(errors.NotForSale), transaction.atomic():
        services.reserve_stock(order=uuid4(), lines=[(uuid4(), Decimal(1))])


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "1e30", "0.00001"])
def test_nonsense_is_never_reserved(quantity: str, listed: UUID) -> None:
    with pytest.raises(ValueError, match="no quantity"):
        services.reserve_stock(order=uuid4(), lines=[(listed, Decimal(quantity))])


@pytest.mark.parametrize("quantity", ["-1", "1.5", "1e30", "NaN", "Infinity", "1000000001"])
def test_a_bad_stock_is_refused(quantity: str, seller: Actor, listed: UUID) -> None:
    with pytest.raises(FieldProblems):
        services.set_stock(actor=seller, product=listed, quantity=Decimal(quantity))
    assert stock_of(listed)[0] == 100


def test_a_count_that_orders_overtook_is_not_set(seller: Actor, listed: UUID) -> None:
    """The company counted 100 free, an order took 10, and setting 100 would sell 10 twice."""
    services.reserve_stock(order=uuid4(), lines=[(listed, Decimal(10))])
    given: dict[str, Decimal] = {"quantity": Decimal(120), "seen": Decimal(100)}
    with pytest.raises(errors.StockMoved) as caught:
        services.set_stock(actor=seller, product=listed, **given)
    assert caught.value.values["available"] == "90"
    services.set_stock(actor=seller, product=listed, quantity=Decimal(110), seen=Decimal(90))
    assert stock_of(listed) == (110, 10, 0, 120)
    kinds = [(one.kind, goods.whole(one.quantity)) for one in stock_history(seller, listed)]
    assert kinds == [("set", 20), ("reserve", 10), ("set", 100)]


def test_others_set_no_stock_and_read_no_history(
    rival: Actor, buyer: Actor, curator: Actor, listed: UUID
) -> None:
    for actor in (rival, buyer, curator):
        with pytest.raises(Refused):
            services.set_stock(actor=actor, product=listed, quantity=Decimal(1))
        with pytest.raises(Refused):
            stock_history(actor, listed)


def test_the_database_itself_conserves(listed: UUID) -> None:
    for wrong in ({"stock_available": -1, "stock_supplied": -1}, {"stock_consumed": 5}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Product.objects.filter(pk=listed).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_stock_of_an_order_moves_with_the_order_only(transactional_db: None) -> None:
    for act_alone in (services.release_stock, services.consume_stock):
        with pytest.raises(RuntimeError):
            act_alone(order=uuid4())
    assert issubclass(errors.StockGone, Problem)
