"""Campaigns for those who hold a role; two who begin one at once; planned ones; the door's word."""

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from gapura.access.queries import judge
from gapura.access.queries.named import grants_named
from gapura.accounts.errors import CampaignDetails, CampaignOver
from gapura.accounts.models import Campaign, CampaignLine, Person
from gapura.accounts.queries import subject_named
from gapura.accounts.services import CampaignWish
from gapura.journeys import reverifying
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.organizations.queries import spot
from tests.access import world
from tests.journeys.test_offboarding_races import at_once

SYSTEM = system_actor("reverification")


@pytest.fixture
def places(db: None) -> None:
    """Two agencies with their units."""
    world.places()


def admin() -> Actor:
    return world.actor(world.holder("boss", "admin_platform"))


def drafted(by: Actor, **changes: Any) -> UUID:
    today = clock.today()
    told: dict[str, Any] = {
        "title": "Verification of 2026",
        "reason": "The rules on who may sign changed in October.",
        "basis": "Peraturan LKPP 2/2026",
        "audience": "role",
        "among": "ppk",
        "consequence": "read_only",
        "starts_on": today,
        "due_on": today + timedelta(days=30),
        "grace_days": 7,
    }
    return reverifying.draft(actor=by, wish=CampaignWish(**{**told, **changes}))


def concerned(campaign: UUID) -> set[UUID]:
    lines = CampaignLine.objects.filter(campaign=campaign)
    return set(lines.values_list("person", flat=True))


def test_a_campaign_for_a_role_concerns_whoever_holds_it_now(places: None) -> None:
    by, officer = admin(), world.holder("officer", "ppk", "T1", "T1.1")
    world.holder("buyer", "pp", "T1", "T1.1")
    campaign = drafted(by)
    assert reverifying.start(actor=by, campaign_id=campaign) == 1
    assert concerned(campaign) == {officer.id}


@pytest.mark.parametrize(("audience", "among"), [("role", "boss"), ("agency", "NONE")])
def test_there_is_no_campaign_for_what_is_not_there(
    places: None, audience: str, among: str
) -> None:
    with pytest.raises(CampaignDetails) as found:
        drafted(admin(), audience=audience, among=among)
    assert set(found.value.fields) == {"among"}


def test_a_planned_campaign_begins_on_its_day_with_who_holds_the_role_then(places: None) -> None:
    by, tomorrow = admin(), clock.today() + timedelta(days=1)
    world.holder("officer", "ppk", "T1", "T1.1")
    campaign = drafted(by, starts_on=tomorrow)
    assert reverifying.start(actor=by, campaign_id=campaign) == 0
    assert reverifying.begin_planned(actor=SYSTEM) == 0
    late = world.holder("late", "ppk", "T1", "T1.1")
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert reverifying.begin_planned(actor=SYSTEM) == 1
        assert reverifying.begin_planned(actor=SYSTEM) == 0
    assert late.id in concerned(campaign)


def test_the_decision_door_refuses_the_held_and_says_why(places: None) -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.1")
    by = admin()
    reverifying.start(actor=by, campaign_id=drafted(by))
    assert _may_sign(officer).allowed
    Campaign.objects.update(held_from=clock.now() - timedelta(hours=1))
    refused = _may_sign(officer)
    assert not refused.allowed
    assert [c.name for c in refused.missing] == ["not_held_reverification"]


def _may_sign(officer: Person) -> Any:
    grants = grants_named(officer.username, clock.now())
    subject = subject_named(officer.username)
    return judge(subject, grants, "purchasing.order.sign", spot("unit", "T1.1"), at=clock.now())


@pytest.mark.django_db(transaction=True)
def test_two_who_begin_a_campaign_at_once_begin_it_once() -> None:
    world.places()
    world.holder("officer", "ppk", "T1", "T1.1")
    by = admin()
    campaign = drafted(by)
    start = partial(reverifying.start, actor=by, campaign_id=campaign)
    assert sorted(at_once(start, start)) == [CampaignOver.__name__, "done"]
    assert len(concerned(campaign)) == CampaignLine.objects.count() == 1
