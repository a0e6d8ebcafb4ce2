"""Units and agencies change: people hear of it, requests follow, what is due is reminded of."""

from datetime import timedelta
from uuid import UUID

import pytest

from gapura.access.models import AccessRequest
from gapura.journeys import places
from gapura.journeys.places import following
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Mail
from gapura.organizations.models import PlaceChange, Unit
from gapura.organizations.services import Decreed, apply_change
from gapura.organizations.services.tree import fill_paths
from tests.access import world

pytestmark = pytest.mark.django_db
SYSTEM = system_actor("places")


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    world.places()
    Unit.objects.update(zone=clock.JAKARTA)
    fill_paths()


def admin() -> Actor:
    """An agency's administrator, signed in with an app."""
    grant = ActiveGrant(uuid7(), "admin_instansi", agency="T1")
    return Actor(person=uuid7(), state="verified", grant=grant, grants=(grant,), acr=2)


def decreed(days: int = 0) -> Decreed:
    return Decreed(clock.today() + timedelta(days=days), "Perbup 12/2026", "Reorganized by law.")


def mails(name: str) -> list[UUID | None]:
    rows = Mail.objects.filter(template__endswith=f"/{name}.txt")
    return list(rows.values_list("person", flat=True))


def merge(days: int = 0) -> None:
    places.merge_unit(
        actor=admin(), code="T1.1", successor="T1.2", grants="stay", decreed=decreed(days)
    )


def test_a_merger_takes_waiting_requests_along_and_tells_everybody() -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.1")
    applicant = world.person("applicant")
    request = world.submitted(applicant)
    merge()
    row = AccessRequest.objects.get(pk=request)
    assert (row.unit_id, row.state) == ("T1.2", "submitted")
    assert mails("place_changes") == [officer.id]
    assert mails("request_followed") == [applicant.id]


def test_a_request_that_waits_at_both_units_is_kept_once() -> None:
    applicant = world.person("applicant")
    here, there = world.submitted(applicant), world.submitted(applicant, unit="T1.2")
    merge()
    states = dict(AccessRequest.objects.values_list("id", "state"))
    assert states == {here: "withdrawn", there: "submitted"}
    assert mails("request_doubled") == [applicant.id]


def test_what_is_decided_for_later_happens_on_its_day_and_once() -> None:
    request = world.submitted(world.person("applicant"))
    merge(days=2)
    assert places.follow_changes(actor=SYSTEM) == 0
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert places.follow_changes(actor=SYSTEM) == 1
        assert places.follow_changes(actor=SYSTEM) == 0
    assert AccessRequest.objects.get(pk=request).unit_id == "T1.2"


def test_a_change_that_fails_does_not_hold_up_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    merge(days=2)
    places.rename_unit(actor=admin(), code="T1.3", name="Archive", decreed=decreed(2))
    bad = PlaceChange.objects.get(kind="renamed")

    def failing(*, actor: Actor, change: UUID) -> PlaceChange:
        if change == bad.id:
            raise ValueError("broken")
        return apply_change(actor=actor, change=change)

    monkeypatch.setattr(following, "apply_change", failing)
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert places.follow_changes(actor=SYSTEM) == 1
    assert Unit.objects.get(pk="T1.1").merged_into_id == "T1.2"


def test_whoever_was_told_of_a_change_hears_that_it_was_taken_back() -> None:
    officer = world.holder("officer", "ppk", "T1", "T1.1")
    merge(days=2)
    change = PlaceChange.objects.get()
    places.take_back(actor=admin(), change=change.id, reason="The decree was withdrawn.")
    assert mails("place_change_canceled") == [officer.id]
    assert Unit.objects.get(pk="T1.1").closed_on is None


def test_administrators_are_reminded_once_in_the_period() -> None:
    boss = world.holder("boss", "admin_instansi", "T1")
    assert places.remind_of_units(actor=SYSTEM) == 2
    assert mails("units_to_confirm") == [boss.id]
    assert places.remind_of_units(actor=SYSTEM) == 0
    with clock.frozen(clock.now() + timedelta(days=15)):
        assert places.remind_of_units(actor=SYSTEM) == 2


def test_no_person_lets_changes_happen_or_sends_reminders() -> None:
    for run in (places.follow_changes, places.remind_of_units):
        with pytest.raises(Refused):
            run(actor=admin())
