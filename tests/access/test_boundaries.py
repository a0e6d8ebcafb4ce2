"""One second around each boundary of time, in the three zones: what counts, and what no longer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import services
from gapura.access.errors import RenewalTooEarly
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import active_grants, renewable
from gapura.access.services import begin_renewal
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.organizations.models import AppointmentLetter
from tests.access import world

# Unit, hours ahead of UTC.
ZONES = {"WIB": ("T1.1", 7), "WITA": ("T1.2", 8), "WIT": ("T1.3", 9)}
BEGUN, FIRST, AFTER = date(2026, 1, 1), date(2027, 3, 1), date(2027, 6, 1)
SECOND = timedelta(seconds=1)


def midnight(day: date, hours: int) -> datetime:
    """The moment at which a legal day begins, so many hours ahead of UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=hours)


def officer(unit: str, role: str = "ppk", **days: Any) -> tuple[Person, Grant]:
    """Somebody with a working grant at the unit."""
    person = world.holder("officer", role, "T1", unit)
    Grant.objects.filter(person=person).update(**{"valid": DateRange(BEGUN, None), **days})
    return person, Grant.objects.get(person=person)


def letter(valid: DateRange) -> UUID:
    """A letter that counts on these days."""
    author = world.person("author")
    return AppointmentLetter.objects.create(
        reference=f"SK-{author.username}",
        number=author.username,
        signed_on=BEGUN,
        signer_name="Ibu Kepala",
        signer_position="Kepala",
        agency_id="T1",
        valid=valid,
        document_id=world.document(author),
        created_by=author.id,
        created_at=clock.now(),
    ).id


def begins(unit: str) -> Person:
    return officer(unit, valid=DateRange(FIRST, AFTER))[0]


def ends(unit: str) -> Person:
    return officer(unit, valid=DateRange(BEGUN, AFTER))[0]


def letter_begins(unit: str) -> Person:
    return officer(unit, letter_id=letter(DateRange(FIRST, AFTER)))[0]


def letter_ends(unit: str) -> Person:
    return officer(unit, letter_id=letter(DateRange(BEGUN, AFTER)))[0]


def delegated(unit: str, valid: DateRange, ground: dict[str, Any]) -> Person:
    """A deputy of a verifier of the unit."""
    principal, own = officer(unit, **ground)
    deputy = world.person("deputy")
    Grant.objects.filter(pk=own.pk).update(role="verifikator")
    Grant.objects.create(
        person=deputy,
        role="verifikator",
        agency_id="T1",
        unit_id=unit,
        standing="delegate",
        principal=principal,
        rests_on=own,
        state="active",
        valid=valid,
        approved_at=clock.now(),
        activated_at=clock.now(),
        recorded_at=clock.now(),
    )
    return deputy


def delegation_begins(unit: str) -> Person:
    return delegated(unit, DateRange(FIRST, AFTER), {})


def delegation_ends(unit: str) -> Person:
    return delegated(unit, DateRange(BEGUN, AFTER), {})


def its_ground_ends(unit: str) -> Person:
    return delegated(unit, DateRange(BEGUN, None), {"valid": DateRange(BEGUN, AFTER)})


def the_letter_of_its_ground_ends(unit: str) -> Person:
    ground = {"letter_id": letter(DateRange(BEGUN, AFTER))}
    return delegated(unit, DateRange(BEGUN, None), ground)


def standing_in_ends(unit: str) -> Person:
    principal = world.person("principal")
    days = {"valid": DateRange(FIRST - timedelta(days=1), AFTER)}
    return officer(unit, "kepala_unit", standing="plh", principal=principal, **days)[0]


@dataclass(frozen=True)
class Boundary:
    """What is made, the legal day on which it changes, and whether it works from then on."""

    make: Callable[[str], Person]
    day: date
    works_after: bool


TABLE = {
    "a grant begins": Boundary(begins, FIRST, True),
    "a grant ends": Boundary(ends, AFTER, False),
    "a letter begins": Boundary(letter_begins, FIRST, True),
    "a letter ends": Boundary(letter_ends, AFTER, False),
    "a delegation begins": Boundary(delegation_begins, FIRST, True),
    "a delegation ends": Boundary(delegation_ends, AFTER, False),
    "what it was delegated from ends": Boundary(its_ground_ends, AFTER, False),
    "the letter of that ends": Boundary(the_letter_of_its_ground_ends, AFTER, False),
    "standing in ends": Boundary(standing_in_ends, AFTER, False),
}


@pytest.mark.parametrize("zone", list(ZONES))
@pytest.mark.parametrize("name", list(TABLE))
def test_it_changes_at_midnight_of_the_unit_to_the_second(
    places: None, name: str, zone: str
) -> None:
    row, (unit, hours) = TABLE[name], ZONES[zone]
    person, change = row.make(unit), midnight(row.day, hours)
    worked = bool(active_grants(person.id, change - SECOND))
    works = bool(active_grants(person.id, change))
    assert (worked, works) == (not row.works_after, row.works_after)


@pytest.mark.parametrize("zone", list(ZONES))
def test_a_renewal_opens_on_its_day_to_the_second(places: None, zone: str) -> None:
    """`renewal_opens_days` is 60: sixty days before the last day, in the unit's zone."""
    unit, hours = ZONES[zone]
    person, grant = officer(unit, valid=DateRange(BEGUN, AFTER))
    opens = midnight(AFTER - timedelta(days=61), hours)
    with clock.frozen(opens - SECOND):
        assert renewable(world.actor(person)) == {}
        with pytest.raises(RenewalTooEarly):
            begin_renewal(actor=world.actor(person), grant_id=grant.id)
    with clock.frozen(opens):
        assert list(renewable(world.actor(person))) == [grant.id]
        begin_renewal(actor=world.actor(person), grant_id=grant.id)


@pytest.mark.parametrize("zone", list(ZONES))
def test_a_renewal_turns_into_a_reactivation_when_the_last_day_is_over(
    places: None, zone: str
) -> None:
    unit, hours = ZONES[zone]
    person, grant = officer(unit, valid=DateRange(BEGUN, AFTER))
    over = midnight(AFTER, hours)
    for at, kind in ((over - SECOND, "renewal"), (over, "reactivation")):
        with clock.frozen(at):
            assert renewable(world.actor(person))[grant.id].kind == kind


@pytest.mark.parametrize("zone", list(ZONES))
def test_what_is_moved_away_from_ends_to_the_second(places: None, zone: str) -> None:
    """Elapsed days, the same in every zone: `mutation_release_days` from the approval on."""
    person, grant = officer(ZONES[zone][0], "bendahara")
    by = world.actor(world.verifier("T2"))
    request = world.draft(person, agency="T2", unit="T2.1")
    AccessRequest.objects.filter(pk=request).update(leaves="T1")
    services.submit_request(actor=world.actor(person, acr=1), request_id=request)
    services.claim_request(actor=by, request_id=request)
    services.approve_request(actor=by, request_id=request)
    decided = AccessRequest.objects.get(pk=request).decided_at
    assert decided is not None
    for at, ended in ((decided + timedelta(days=7) - SECOND, 0), (decided + timedelta(days=7), 1)):
        with clock.frozen(at):
            assert services.release_moved(actor=world.SYSTEM) == ended
    grant.refresh_from_db()
    assert grant.state == "revoked"
