"""Which orders name a person who asks to be erased."""

import pytest

from gapura.kernel import clock
from gapura.purchasing.models import Moment, Offer
from gapura.purchasing.queries import last_paper_day, running_work
from tests.purchasing import shop as market
from tests.purchasing.shop import Shop

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("part", ["offer", "moment"])
def test_whoever_offered_a_price_or_took_a_step_has_a_part_in_the_order(
    part: str, shop: Shop
) -> None:
    someone = market.acting("staf_perusahaan", "PT1").who
    order, now = shop.order("submit"), clock.now()
    assert (running_work(someone).running, last_paper_day(someone)) == (0, None)
    told = {"order_id": order, "person_id": someone, "side": "seller", "at": now}
    if part == "offer":
        Offer.objects.create(**told, round=1, prices=[1], total=1)
    else:
        Moment.objects.create(**told, verb="note")
    assert running_work(someone).running == 1
    assert last_paper_day(someone) is not None
