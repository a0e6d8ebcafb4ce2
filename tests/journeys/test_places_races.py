"""Two change the same tree in the same moment: it stays sound, and one of them hears why."""

from datetime import timedelta

import pytest

from gapura.journeys import places as acts
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.organizations.models import PlaceChange, PlaceName, Unit
from gapura.organizations.services import Decreed, rename_unit
from gapura.organizations.services.tree import fill_paths
from tests.access import world
from tests.journeys.test_offboarding_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def admin() -> Actor:
    """One of the agency's administrators."""
    grant = ActiveGrant(uuid7(), "admin_instansi", agency="T1")
    return Actor(person=uuid7(), state="verified", grant=grant, grants=(grant,), acr=2)


def decreed() -> Decreed:
    return Decreed(clock.today("Asia/Jayapura"), "Perbup 12/2026", "Reorganized by law.")


def merge(one: str, other: str) -> object:
    return lambda: acts.merge_unit(
        actor=admin(), code=one, successor=other, grants="stay", decreed=decreed()
    )


@pytest.fixture
def tree(transactional_db: None) -> None:
    """Three units at the top."""
    world.places()
    Unit.objects.update(zone="Asia/Jayapura")
    fill_paths()


def test_two_units_do_not_go_into_each_other_at_once(tree: None) -> None:
    said = at_once(merge("T1.1", "T1.2"), merge("T1.2", "T1.1"))
    assert said.count("done") == 1
    paths = Unit.objects.filter(agency="T1").values_list("path", flat=True)
    assert sorted(len(path.split("/")) for path in paths) == [2, 2, 3]
    assert PlaceChange.objects.count() == 1


def test_a_change_due_happens_once_when_two_workers_run(tree: None) -> None:
    today = decreed().from_day
    later = Decreed(today + timedelta(days=9), "Perbup 12/2026", "By the regent.")
    rename_unit(actor=admin(), code="T1.1", name="Dinas Baru", decreed=later)
    PlaceChange.objects.update(from_day=today)
    happened: list[int] = []

    def run() -> None:
        happened.append(acts.follow_changes(actor=system_actor("places")))

    assert at_once(run, run) == ["done", "done"]
    assert sorted(happened) == [0, 1]
    assert Unit.objects.get(pk="T1.1").name == "Dinas Baru"
    assert PlaceName.objects.filter(unit="T1.1").count() == 1
