"""Whoever stands in signs on the page of the order, and every place says for whom."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from gapura.access.kinds import DEFINITIVE
from gapura.access.models import Grant, StandingRule
from gapura.access.queries.laws import forget_laws
from gapura.access.services import activate_grant
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.purchasing.models import Signature
from gapura.purchasing.services.papers import signing_name
from tests import sessions
from tests.access import registered, world
from tests.web.browser import text_of
from tests.web.orders.desk import Desk, address

pytestmark = pytest.mark.django_db
DAYS = 10


@pytest.fixture
def acting(desk: Desk) -> Iterator[Actor]:
    """The Plh of the unit's PPK: named in a checked letter with its principal, and confirmed.

    The first rules of law let nobody stand in for a PPK, so a later one is put beside them.
    """
    StandingRule.objects.create(
        role="ppk", standing="plh", days=30, basis="A later law", valid_from=date(2026, 1, 1)
    )
    forget_laws()
    keeper, verifier = world.holder("keeper", "admin_instansi", "T1"), world.verifier()
    deputy = world.person("deputy")
    letter = registered.enter(keeper, roles=("ppk",))
    registered.name(
        keeper,
        letter,
        deputy,
        standing="plh",
        principal=Person.objects.get(pk=desk.shop.ppk.who).username,
        valid_until=(clock.today() + timedelta(days=DAYS)).isoformat(),
    )
    registered.check(verifier, letter)
    sessions.app_of(deputy)
    grant = Grant.objects.get(person=deputy)
    activate_grant(actor=sessions.acting(deputy), grant_id=grant.id)
    yield sessions.acting(deputy)
    forget_laws()


def test_a_plh_signs_an_order_and_page_paper_and_log_say_for_whom(
    desk: Desk, acting: Actor
) -> None:
    principal = Person.objects.get(pk=desk.shop.ppk.who)
    order = desk.shop.until("approve")
    desk.shop.ppk = acting
    desk.shop.approve(order)
    signed = desk.sign("ppk", order, "sign")
    assert signed.status_code == 303, text_of(signed)
    page = text_of(desk.of("ppk").get(address(order)))
    signature = f"{acting.name}, Commitment officer (PPK) (as Plh of {principal.username})"
    assert signature in page, page
    assert signature in text_of(desk.of("seller").get(address(order)))
    grant = Grant.objects.get(pk=Signature.objects.get(person=acting.who).grant)
    assert (grant.standing, grant.principal) == ("plh", principal)
    written = LogEvent.objects.get(name="purchasing.order.signed")
    assert written.on_behalf_of == f"plh:{principal.username}"
    assert signing_name(acting) == f"{acting.name} (sebagai Plh {principal.username})"


def test_who_signs_in_their_own_right_stands_in_for_nobody(desk: Desk) -> None:
    order = desk.shop.until("sign")
    desk.sign("ppk", order, "sign")
    used = Signature.objects.get(person=desk.shop.ppk.who).grant
    assert Grant.objects.get(pk=used).standing == DEFINITIVE
    assert "as Plh of" not in text_of(desk.of("ppk").get(address(order)))
