"""Which grants work: decided at use, from dates in the unit's zone and from what they rest on."""

from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from pytest_django import DjangoAssertNumQueries

from gapura.access import services
from gapura.access.models import Grant
from gapura.access.queries import active_grants, grants_of
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.organizations.models import Agency, Unit
from tests.access import world

NEW_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


def codes(person: Person, at: datetime | None = None) -> list[tuple[str, str]]:
    """Role and unit of the grants that work."""
    return [(g.role, g.unit) for g in active_grants(person.id, at or clock.now())]


def test_a_grant_works_with_its_place_zone_strength_and_letter(
    applicant: Person, verifier: Person
) -> None:
    grant_id = world.active(applicant, verifier, unit="T1.3")
    (grant,) = active_grants(applicant.id, clock.now())
    assert (grant.id, grant.role, grant.agency, grant.unit) == (grant_id, "ppk", "T1", "T1.3")
    assert (grant.place, grant.zone) == ("Unit 3, Agency T1", "Asia/Jayapura")
    assert grant.letter == world.letter_of(grant_id).reference
    assert grant.least_acr == 2


def test_asking_takes_one_query(
    applicant: Person, verifier: Person, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    world.active(applicant, verifier)
    with django_assert_num_queries(1):
        active_grants(applicant.id, clock.now())


def test_an_approved_grant_does_not_work_before_its_activation(
    applicant: Person, verifier: Person
) -> None:
    world.approved(applicant, verifier)
    assert codes(applicant) == []


@pytest.mark.parametrize(
    ("unit", "offset"), [("T1.1", 7), ("T1.2", 8), ("T1.3", 9)], ids=["WIB", "WITA", "WIT"]
)
def test_the_last_day_ends_at_midnight_in_the_units_own_zone(
    places: None, unit: str, offset: int
) -> None:
    person = world.holder("officer", "ppk", "T1", unit)
    Grant.objects.filter(person=person).update(valid=DateRange(date(2026, 1, 1), date(2027, 1, 1)))
    midnight = NEW_YEAR - timedelta(hours=offset)
    assert codes(person, midnight - timedelta(seconds=1)) == [("ppk", unit)]
    assert codes(person, midnight) == []


@pytest.mark.parametrize(
    ("unit", "offset"), [("T1.1", 7), ("T1.2", 8), ("T1.3", 9)], ids=["WIB", "WITA", "WIT"]
)
def test_the_first_day_begins_at_midnight_in_the_units_own_zone(
    places: None, unit: str, offset: int
) -> None:
    person = world.holder("officer", "ppk", "T1", unit)
    Grant.objects.filter(person=person).update(valid=DateRange(date(2027, 1, 1), None))
    midnight = NEW_YEAR - timedelta(hours=offset)
    assert codes(person, midnight - timedelta(seconds=1)) == []
    assert codes(person, midnight) == [("ppk", unit)]


def test_a_revoked_letter_ends_its_grants_at_once(
    applicant: Person, verifier: Person, colleague: Person
) -> None:
    grant_id = world.active(applicant, verifier)
    letter = world.letter_of(grant_id)
    letter.revoked_at = clock.now()
    letter.save()
    assert codes(applicant) == []
    (seen,) = grants_of(world.actor(applicant))
    assert (seen.state, seen.works) == ("active", False)
    assert seen.why_not == "The appointment letter was revoked."


def test_a_letter_that_ends_earlier_ends_the_grant(applicant: Person, verifier: Person) -> None:
    grant_id = world.active(applicant, verifier)
    letter = world.letter_of(grant_id)
    letter.valid = DateRange(letter.valid.lower - timedelta(days=9), clock.today())
    letter.save()
    assert codes(applicant) == []


def test_a_closed_unit_and_a_closed_agency_end_grants_on_their_day(places: None) -> None:
    person = world.holder("officer", "ppk", "T1", "T1.1")
    tomorrow = clock.today() + timedelta(days=1)
    Unit.objects.filter(pk="T1.1").update(closed_on=tomorrow, ends_on=tomorrow)
    assert codes(person) == [("ppk", "T1.1")]
    Unit.objects.filter(pk="T1.1").update(closed_on=clock.today(), ends_on=clock.today())
    assert codes(person) == []
    Unit.objects.filter(pk="T1.1").update(closed_on=None, ends_on=None)
    Agency.objects.filter(pk="T1").update(closed_on=clock.today())
    assert codes(person) == []


@pytest.mark.parametrize("state", ["suspended", "closed", "needs_reverification"])
def test_whoever_is_not_verified_holds_no_working_access(places: None, state: str) -> None:
    person = world.holder("officer", "ppk", "T1", "T1.1")
    Person.objects.filter(pk=person.pk).update(state=state)
    assert codes(person) == []


def test_a_superseded_record_does_not_work(places: None) -> None:
    person = world.holder("officer", "ppk", "T1", "T1.1")
    Grant.objects.filter(person=person).update(superseded_at=clock.now())
    assert codes(person) == []


def test_platform_roles_work_without_agency_and_letter(admin: Person) -> None:
    (grant,) = active_grants(admin.id, clock.now())
    assert (grant.role, grant.agency, grant.unit, grant.letter) == ("admin_platform", "", "", "")


def test_a_stranger_has_no_grants(places: None) -> None:
    assert active_grants(uuid4(), clock.now()) == ()


def test_the_database_refuses_two_live_grants_on_the_same_days(places: None) -> None:
    person = world.holder("officer", "ppk", "T1", "T1.1")
    first = Grant.objects.get(person=person)
    first.pk, first.state, first.activated_at = uuid4(), "approved", None
    with pytest.raises(IntegrityError, match="no_overlapping_grants"), transaction.atomic():
        first.save(force_insert=True)


def test_the_same_role_follows_itself_on_later_days(places: None) -> None:
    person = world.person("officer")
    today = clock.today()
    give = partial(
        services.issue_grant,
        actor=world.SYSTEM,
        person_id=person.id,
        role="ppk",
        agency="T1",
        unit="T1.1",
    )
    give(valid_until=today + timedelta(days=9))
    give(valid_from=today + timedelta(days=10))
    assert Grant.objects.filter(person=person).count() == 2


def test_the_database_knows_where_each_role_acts(places: None) -> None:
    person = world.person("officer")
    for role in ("ppk", "admin_platform"):
        with pytest.raises(IntegrityError, match="grant_is_where"), transaction.atomic():
            services.issue_grant(actor=world.SYSTEM, person_id=person.id, role=role, agency="T1")
