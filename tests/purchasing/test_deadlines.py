"""Deadlines decide at the second, in three zones, over holidays; the job only tidies up."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gapura.catalog.models import Product
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.clock import ZONES
from gapura.notifications.models import Mail
from gapura.organizations.models import Unit
from gapura.outside.models import OfficialHoliday
from gapura.purchasing import services
from gapura.purchasing.errors import TooLate
from gapura.purchasing.queries import order_for
from tests.purchasing.shop import Shop, row

pytestmark = pytest.mark.django_db
CLOCK = system_actor("deadlines")
SECOND = timedelta(seconds=1)


def lapse() -> int:
    return services.lapse_overdue(actor=CLOCK)


@pytest.mark.parametrize("zone", list(ZONES))
def test_the_last_second_is_in_time_and_the_next_is_not(shop: Shop, zone: str) -> None:
    Unit.objects.filter(pk="T1.1").update(zone=zone)
    early, late = shop.until("approve"), shop.until("approve")
    due = row(early).due_at
    assert due is not None
    assert due.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S") == "00:00:00"
    with clock.frozen(due - SECOND):
        shop.approve(early)
    with clock.frozen(due):
        view = order_for(shop.ppk, late)
        assert (view.late, view.verbs, view.next.mine) == (True, (), False)
        with pytest.raises(TooLate):
            shop.approve(late)
        assert row(late).state == "waiting_ppk_review"
        assert lapse() == 1
        assert lapse() == 0
    assert row(early).state == "esign_in_progress"
    assert row(late).state == "cancelled_on_review"


def test_a_holiday_and_a_weekend_do_not_count(shop: Shop) -> None:
    """Friday evening; Monday is off: Tuesday, Wednesday, Thursday."""
    friday = datetime(2027, 2, 19, 12, tzinfo=UTC)
    OfficialHoliday.objects.create(
        day=datetime(2027, 2, 22, tzinfo=UTC).date(),
        name="Hari libur",
        kind="national",
        region="",
        **_extra(),
    )
    order = shop.draft()
    with clock.frozen(friday):
        services.save_draft(actor=shop.pp, order=order, **_terms())
        shop.submit(order)
    due = row(order).due_at
    assert due is not None
    assert due.astimezone(ZoneInfo("Asia/Jakarta")).date().isoformat() == "2027-02-26"


def _terms() -> dict[str, Any]:
    from tests.purchasing.shop import terms

    return terms(deliver_by=datetime(2027, 6, 1, tzinfo=UTC).date())


def _extra() -> dict[str, Any]:
    names = {field.name for field in OfficialHoliday._meta.get_fields()}
    more = {"source": "test", "fetched_at": clock.now(), "recorded_at": clock.now()}
    return {name: value for name, value in more.items() if name in names}


@pytest.mark.parametrize(
    ("verb", "state"),
    [
        ("agree", "cancelled_on_negotiation"),
        ("approve", "cancelled_on_review"),
        ("sign", "cancelled_on_review"),
        ("accept", "cancelled"),
    ],
)
def test_what_nobody_answers_ends_and_frees_its_pieces(shop: Shop, verb: str, state: str) -> None:
    product = shop.product(stock=5)
    order = (
        shop.order("propose", product=product)
        if verb == "agree"
        else shop.until(verb, product=product)
    )
    due = row(order).due_at
    assert due is not None
    with clock.frozen(due - SECOND):
        assert lapse() == 0
    with clock.frozen(due):
        assert lapse() == 1
    assert row(order).state == state
    stock = Product.objects.get(pk=product)
    assert (stock.stock_available, stock.stock_reserved) == (5, 0)
    told = Mail.objects.filter(template="purchasing/mail/order_moved.txt")
    assert told.filter(person=shop.pp.who).exists()


def test_a_running_order_never_lapses(shop: Shop) -> None:
    order = shop.until("ship")
    with clock.frozen(clock.now() + timedelta(days=400)):
        assert lapse() == 0
        assert row(order).state == "on_process"
