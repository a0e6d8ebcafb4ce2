"""That an access ends is told ahead: once a step, to the person, the unit's head, the verifiers."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.models import ExpiryNotice, Grant
from gapura.access.queries import ending_soon
from gapura.access.services import tell_endings, tell_leaders
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.notifications.models import Notice
from tests.access import world

NOON = datetime(2027, 3, 1, 5, 0, tzinfo=UTC)


def ending_on(last: date, unit: str = "T1.1", role: str = "ppk") -> tuple[Person, Grant]:
    """An officer whose grant has this last day."""
    person = world.holder("officer", role, "T1", unit)
    grant = Grant.objects.get(person=person)
    grant.valid = DateRange(grant.valid.lower, last + timedelta(days=1))
    grant.save()
    return person, grant


def tell(at: datetime) -> int:
    with clock.frozen(at):
        return tell_endings(actor=world.SYSTEM)


def steps_of(grant: Grant) -> list[int]:
    return list(
        ExpiryNotice.objects.filter(grant=grant).order_by("-days").values_list("days", flat=True)
    )


def test_each_step_is_told_once(places: None) -> None:
    person, grant = ending_on(NOON.date() + timedelta(days=60))
    for day in range(-3, 62):
        for _ in range(2):
            tell(NOON + timedelta(days=day))
    assert steps_of(grant) == [60, 30, 14, 7, 1]
    assert Notice.objects.filter(person=person.id).count() == 5


def test_nights_that_were_left_out_are_made_up_for_by_the_step_then_due(places: None) -> None:
    _, grant = ending_on(NOON.date() + timedelta(days=20))
    assert (tell(NOON), tell(NOON + timedelta(days=1))) == (1, 0)
    assert steps_of(grant) == [30]


@pytest.mark.parametrize(
    ("unit", "offset"), [("T1.1", 7), ("T1.2", 8), ("T1.3", 9)], ids=["WIB", "WITA", "WIT"]
)
def test_days_are_counted_in_the_units_own_zone(places: None, unit: str, offset: int) -> None:
    """One second before midnight of the unit there are 61 days left, at midnight 60."""
    last = date(2027, 5, 1)
    _, grant = ending_on(last, unit)
    first = last - timedelta(days=60)
    midnight = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=offset)
    assert tell(midnight - timedelta(seconds=1)) == 0
    assert tell(midnight) == 1
    assert steps_of(grant) == [60]


def test_an_open_end_an_ended_and_a_renewed_grant_are_not_told(places: None) -> None:
    world.holder("forever", "ppk", "T1", "T1.1")
    last = NOON.date() + timedelta(days=5)
    _, ended = ending_on(last, "T1.2")
    Grant.objects.filter(pk=ended.pk).update(state="revoked", ended_at=NOON)
    person, renewed = ending_on(last, "T1.3")
    Grant.objects.create(
        person=person,
        role="ppk",
        agency_id="T1",
        unit_id="T1.3",
        follows=renewed,
        valid=DateRange(last + timedelta(days=1), None),
        approved_at=NOON,
        recorded_at=NOON,
    )
    assert tell(NOON) == 0


def test_the_head_of_the_unit_and_the_verifiers_get_one_list(
    places: None, mailoutbox: list[mail.EmailMessage]
) -> None:
    head = world.holder("head", "kepala_unit", "T1", "T1.1")
    verifier, foreign = world.verifier(), world.verifier("T2")
    for _ in range(3):
        ending_on(NOON.date() + timedelta(days=7))
    ending_on(NOON.date() + timedelta(days=9), "T1.2")
    assert tell(NOON) == 4
    with clock.frozen(NOON):
        assert tell_leaders(actor=world.SYSTEM, since=NOON) == 3
        assert tell_leaders(actor=world.SYSTEM, since=NOON + timedelta(seconds=1)) == 0
    assert Notice.objects.filter(person=head.id).count() == 1
    assert Notice.objects.filter(person=verifier.id).count() == 1
    assert not Notice.objects.filter(person=foreign.id).exists()


def test_only_the_system_tells(places: None) -> None:
    with pytest.raises(Refused):
        tell_endings(actor=world.actor(world.platform_admin()))
    with pytest.raises(Refused):
        tell_leaders(actor=world.actor(world.platform_admin()), since=NOON)


def test_the_list_keeps_to_the_place_of_who_asks(places: None) -> None:
    soon = clock.today() + timedelta(days=10)
    at_one, _ = ending_on(soon, "T1.1")
    at_two, _ = ending_on(soon + timedelta(days=1), "T1.2")
    whole = world.actor(world.verifier())
    unit = world.actor(world.holder("budget", "kpa", "T1", "T1.2"))
    foreign = world.actor(world.verifier("T2"))
    assert [row.username for row in ending_soon(whole)[0]] == [at_one.username, at_two.username]
    assert [row.username for row in ending_soon(unit)[0]] == [at_two.username]
    assert ending_soon(foreign) == ([], None)
    assert [row.username for row in ending_soon(whole, until=soon)[0]] == [at_one.username]


@pytest.mark.parametrize("role", ["ppk", "bendahara", "pp"])
def test_who_leads_nobody_has_no_list(places: None, role: str) -> None:
    with pytest.raises(Refused):
        ending_soon(world.actor(world.holder("officer", role, "T1", "T1.1")))


def test_the_list_goes_on_page_by_page(places: None) -> None:
    soon = clock.today() + timedelta(days=10)
    for _ in range(43):
        ending_on(soon, "T1.1")
    by = world.actor(world.verifier())
    first, more = ending_soon(by)
    second, last = ending_soon(by, after=more)
    assert (len(first), len(second), last) == (40, 3, None)
    assert len({row.grant for row in (*first, *second)}) == 43
