"""Rules over what the real services do: sign-ins, grants, orders, devices, the log itself."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection

from gapura.access import services as access
from gapura.access.models import Grant
from gapura.audit.models import Party
from gapura.audit.proof.watch import forget
from gapura.audit.services import checkpoint
from gapura.authentication.models import Device
from gapura.kernel import clock
from gapura.purchasing import events as purchasing
from gapura.reports.models import RuleSetting
from gapura.reports.rules import RULES_BY_CODE
from tests.access.world import SYSTEM, holder, places
from tests.authentication.world import CHROME, Browser, person
from tests.purchasing import shop as market
from tests.reports.watched import alerts, look, raised, seal, who, write

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def set_to(rule: str, **numbers: int) -> None:
    """The rule with other numbers, as if somebody had set them."""
    found = RULES_BY_CODE[rule]
    RuleSetting.objects.create(
        rule=rule,
        active=True,
        parameters={**found.defaults, **numbers},
        tells=list(found.tells),
        reason="uji",
        set_by="admin",
        since=clock.now(),
    )


@pytest.fixture(autouse=True)
def _a_new_process() -> None:
    """Other tests' checkpoints are not of this log."""
    forget()


class Agency:
    """Agency T1 with two administrators."""

    def __init__(self) -> None:
        places()
        self.first = holder("satu", "admin_instansi", "T1")
        self.second = holder("dua", "admin_instansi", "T1")

    def leaves(self, who: object) -> None:
        grants = Grant.objects.filter(person=who.id, state="active")  # type: ignore[attr-defined]
        ids = [grant.id for grant in grants]
        access.revoke(actor=SYSTEM, grants=ids, reason="Pindah tugas ke instansi lain.")


@pytest.fixture
def agency() -> Agency:
    return Agency()


def test_an_agency_whose_last_administrator_leaves(agency: Agency) -> None:
    agency.leaves(agency.first)
    assert raised("last_admin") == []
    agency.leaves(agency.second)
    (found,) = raised("last_admin")
    assert (found.agency, found.values["left"]) == ("T1", True)
    assert found.evidence.count() == 1, "the entry of the grant that ended"
    assert len(raised("last_admin")) == 1, "the same fact is not told again"


def test_a_last_administrator_whose_right_ends_soon(agency: Agency) -> None:
    agency.leaves(agency.first)
    soon = clock.today() + 10 * DAY
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE access_grant SET valid = daterange(lower(valid), %s) WHERE person_id = %s",
            [soon, agency.second.id],
        )
    (found,) = raised("last_admin")
    assert (found.values["left"], found.values["until"]) == (False, soon.isoformat())


def _sign_ins(browser: Browser, who: object, times: int, days: int = 30) -> None:
    for number in range(times):
        with clock.frozen(clock.now() - timedelta(days=days - number)):
            browser.sign_in(who)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ip", "agent", "number"),
    [
        ("198.51.100.9", CHROME, 1),
        ("203.0.200.1", CHROME, 0),
    ],
    ids=["another network", "another address of the same network"],
)
def test_a_new_device_in_a_new_network(ip: str, agent: str, number: int) -> None:
    someone = person()
    _sign_ins(Browser("203.0.113.7"), someone, 5)
    Browser(ip, agent).sign_in(someone)
    found = raised("new_network")
    assert [one.person for one in found] == [someone.id] * number


def test_a_new_account_has_no_networks_yet() -> None:
    someone = person()
    _sign_ins(Browser("203.0.113.7"), someone, 2)
    Browser("198.51.100.9", CHROME).sign_in(someone)
    assert raised("new_network") == []


def test_one_browser_for_many_accounts() -> None:
    shared = Browser()
    people = [person() for _ in range(3)]
    for someone in people[:2]:
        shared.token = ""
        shared.sign_in(someone)
    assert raised("shared_device") == []
    shared.token = ""
    shared.sign_in(people[2])
    assert Device.objects.values("token_hash").distinct().count() == 1
    (found,) = raised("shared_device")
    assert set(map(UUID, found.values["people"])) == {one.id for one in people}
    assert found.evidence.count() == 3
    assert len(raised("shared_device")) == 1


@pytest.fixture
def shop() -> market.Shop:
    market.places()
    return market.opened()


def test_the_same_supplier_again_and_again(shop: market.Shop) -> None:
    set_to("same_supplier", least=2)
    shop.until("sign")
    assert raised("same_supplier") == []
    shop.until("sign")
    (found,) = raised("same_supplier")
    assert (found.person, found.values["company"]) == (shop.ppk.person, "PT1")
    assert found.values["orders"] == 2


def test_a_log_that_is_sealed_and_signed_is_well() -> None:
    write(who("apip"), purchasing.SAVED)
    seal()
    checkpoint(now=True)
    assert raised("log_health") == []


def test_a_log_without_a_checkpoint_for_minutes() -> None:
    write(who("apip"), purchasing.SAVED)
    seal()
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        look("log_health")
        look("log_health")
    (found,) = alerts("log_health")
    assert (found.values["trouble"], found.agency) == ("unsigned", "")


def test_a_witness_that_refuses_is_told_at_once_and_one_that_is_away_after_a_while() -> None:
    now = clock.now()
    for name, trouble in (("saksi-1", "refused"), ("saksi-2", "away")):
        Party.objects.create(name=name, size=0, failed_at=now, tries=1, trouble=trouble, why="uji")
    assert [one.values["party"] for one in raised("log_health")] == ["saksi-1"]
    with clock.frozen(now + timedelta(minutes=6)):
        found = raised("log_health")
    told = {one.values["party"]: one.values["trouble"] for one in found if "party" in one.values}
    assert told == {"saksi-1": "refused", "saksi-2": "away"}
