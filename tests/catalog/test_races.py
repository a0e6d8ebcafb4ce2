"""Many at once: one last piece is sold once, and no two orders wait for each other forever."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from gapura.catalog import errors, services
from gapura.catalog.models import PricePoint, Product, Reservation
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems, Problem
from tests.catalog import goods

RACERS, THREADS = 500, 12


@pytest.fixture
def threads(transactional_db: None, seller: Actor, curator: Actor) -> Iterator[ThreadPoolExecutor]:
    """Threads with a connection each, in a database where they see each other's commits."""
    with ThreadPoolExecutor(THREADS) as pool:
        yield pool


def outcome(act: Callable[[], Any]) -> str:
    """What became of it in a transaction of its own."""
    try:
        with transaction.atomic():
            act()
    except Problem as problem:
        return type(problem).__name__
    finally:
        connection.close()
    return "done"


def run(pool: ThreadPoolExecutor, acts: list[Callable[[], Any]]) -> list[str]:
    return list(pool.map(outcome, acts))


def reserving(*lines: tuple[UUID, int]) -> Callable[[], object]:
    wanted = [(product, Decimal(quantity)) for product, quantity in lines]
    return lambda: services.reserve_stock(order=uuid4(), lines=wanted)


def test_the_last_piece_is_sold_once(
    threads: ThreadPoolExecutor, seller: Actor, curator: Actor
) -> None:
    product = goods.listed(seller, curator, stock=1)
    results = run(threads, [reserving((product, 1)) for _ in range(RACERS)])
    assert (results.count("done"), results.count("StockGone")) == (1, RACERS - 1)
    row = Product.objects.get(pk=product)
    assert (row.stock_available, row.stock_reserved, row.stock_supplied) == (0, 1, 1)
    assert Reservation.objects.count() == 1


def test_orders_over_many_products_never_deadlock(
    threads: ThreadPoolExecutor, seller: Actor, curator: Actor
) -> None:
    products = [
        goods.listed(seller, curator, goods.laptop(f"Laptop seri {n}"), stock=30) for n in range(4)
    ]
    random = Random(3)
    acts = []
    for _ in range(RACERS // 4):
        chosen = random.sample(products, 3)
        acts.append(reserving(*((product, random.randint(1, 3)) for product in chosen)))
    results = run(threads, acts)
    assert set(results) <= {"done", "StockGone"}
    for row in Product.objects.all():
        held = Reservation.objects.filter(product=row).values_list("quantity", flat=True)
        assert sum(held) == row.stock_reserved
        assert row.stock_available + row.stock_reserved == 30


def test_one_order_released_and_consumed_at_once_ends_once(
    threads: ThreadPoolExecutor, seller: Actor, curator: Actor
) -> None:
    product = goods.listed(seller, curator, stock=100)
    for _round in range(10):
        order = uuid4()
        with transaction.atomic():
            services.reserve_stock(order=order, lines=[(product, Decimal(3))])
        acts: list[Callable[[], Any]] = [
            partial(services.release_stock, order=order),
            partial(services.consume_stock, order=order),
        ] * 2
        assert run(threads, acts) == ["done"] * 4
        row = Product.objects.get(pk=product)
        assert row.stock_reserved == 0
        assert row.stock_available + row.stock_consumed == 100


def test_opposite_decisions_at_once_make_one_move(
    threads: ThreadPoolExecutor, seller: Actor, curator: Actor
) -> None:
    product = goods.submitted(seller)
    version = goods.pending_of(product)
    given: dict[str, Any] = {"actor": curator, "product": product, "version": version}
    note: dict[str, Any] = {"reason_code": "other", "note": "Keduanya menekan bersamaan."}
    acts: list[Callable[[], Any]] = [
        lambda: services.approve_product(**given),
        lambda: services.reject_product(**given, **note),
    ] * 4
    results = run(threads, acts)
    assert results.count("done") == 1
    assert set(results) <= {"done", errors.OtherVersion.__name__}


def test_changes_of_price_at_once_are_all_counted(
    threads: ThreadPoolExecutor, seller: Actor, curator: Actor
) -> None:
    """The limit of five a day is not passed by pressing ten times at once."""
    product = goods.listed(seller, curator)
    acts: list[Callable[[], Any]] = [
        partial(services.set_price, actor=seller, product=product, amount=Decimal(1000 + n))
        for n in range(10)
    ]
    results = run(threads, acts)
    assert (results.count("done"), results.count("TooManyPrices")) == (5, 5)
    points = list(PricePoint.objects.filter(product=product).order_by("valid_from", "id"))
    assert len(points) == 6
    assert Product.objects.get(pk=product).price in {point.amount for point in points}


def test_one_name_is_taken_once(threads: ThreadPoolExecutor, seller: Actor) -> None:
    def act(price: int) -> Callable[[], Any]:
        return lambda: services.draft_product(
            actor=seller, fields=goods.FIELDS, price=Decimal(price)
        )

    results = run(threads, [act(1000 + n) for n in range(8)])
    assert (results.count("done"), results.count(FieldProblems.__name__)) == (1, 7)
    assert Product.objects.count() == 1
