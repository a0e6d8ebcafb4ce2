"""The 1 January wave: offices of regions end with their budget year, and are renewed by letter."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import services
from gapura.access.errors import BadOfficer
from gapura.access.models import Appointment, Grant
from gapura.access.queries import active_grants, ending_letters
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.permissions import Refused
from gapura.kernel.problems import FieldProblems
from gapura.organizations.models import Agency, AppointmentLetter
from gapura.organizations.services import LetterScope
from tests.access import registered, world

YEAR_END = date(clock.today().year, 12, 31)
NEXT_YEAR = YEAR_END + timedelta(days=1)


@pytest.fixture
def keeper(places: None) -> Person:
    """The administrator of T1, an agency that lives on a regional budget here."""
    Agency.objects.filter(pk="T1").update(kind="regency")
    return world.holder("keeper", "admin_instansi", "T1")


def enter(keeper: Person, last: date, *, first: date | None = None, **scope: object) -> UUID:
    """A letter of the register that gives PPK until `last`."""
    text = services.LetterText(
        f"821/{last}/SK", clock.today(), "Bupati", "Bupati", first or clock.today(), last
    )
    return services.enter_letter(
        actor=world.actor(keeper),
        text=text,
        scope=LetterScope(**{"roles": ("ppk", "pp"), **scope}),  # type: ignore[arg-type]
        document=world.document(keeper),
    )


def test_a_letter_of_a_region_does_not_reach_beyond_the_year(keeper: Person) -> None:
    with pytest.raises(FieldProblems) as caught:
        enter(keeper, NEXT_YEAR)
    assert str(YEAR_END) in str(caught.value.fields["valid_until"])
    enter(keeper, YEAR_END)


def test_unless_the_letter_itself_says_so(keeper: Person) -> None:
    letter = enter(keeper, NEXT_YEAR, beyond_year=True)
    assert AppointmentLetter.objects.get(pk=letter).valid.upper == NEXT_YEAR + timedelta(days=1)


def test_its_officers_stay_within_the_letter(keeper: Person) -> None:
    letter = enter(keeper, YEAR_END)
    officer = world.person("officer")
    with pytest.raises(BadOfficer):
        registered.name(keeper, letter, officer, valid_until=NEXT_YEAR.isoformat())
    named = registered.name(keeper, letter, officer)
    assert Appointment.objects.get(pk=named).valid.upper == NEXT_YEAR


@pytest.mark.parametrize("roles", [("kepala_unit", "pokja")])
def test_roles_that_are_no_budget_offices_run_on(keeper: Person, roles: tuple[str, ...]) -> None:
    enter(keeper, NEXT_YEAR, roles=roles)


def test_the_states_budget_does_not_end_offices_with_the_year(keeper: Person) -> None:
    Agency.objects.filter(pk="T1").update(kind="ministry")
    enter(keeper, NEXT_YEAR)


def test_a_letter_for_the_next_year_ends_with_that(keeper: Person) -> None:
    last = date(NEXT_YEAR.year, 12, 31)
    enter(keeper, last, first=NEXT_YEAR, budget_year=NEXT_YEAR.year)
    with pytest.raises(FieldProblems):
        enter(keeper, last + timedelta(days=1), first=NEXT_YEAR)


def working_on(letter: UUID, unit: str, last: date) -> Person:
    """An officer whose role rests on this letter and ends on that day."""
    person = world.holder("officer", "ppk", "T1", unit)
    days = DateRange(clock.today(), last + timedelta(days=1))
    Grant.objects.filter(person=person).update(letter_id=letter, valid=days)
    return person


def test_the_wave_by_letter(keeper: Person) -> None:
    """All that ends with the year by letter, the largest first; what is renewed is done with."""
    many, few = enter(keeper, YEAR_END), enter(keeper, YEAR_END - timedelta(days=1))
    people = [working_on(many, "T1.1", YEAR_END) for _ in range(3)]
    working_on(few, "T1.2", YEAR_END - timedelta(days=1))
    by = world.actor(keeper)
    found = ending_letters(by, until=YEAR_END)
    assert [(one.letter, one.officers, one.soonest) for one in found] == [
        (many, 3, YEAR_END),
        (few, 1, YEAR_END - timedelta(days=1)),
    ]
    assert all(one.registered for one in found)
    first = Grant.objects.get(person=people[0])
    Grant.objects.create(
        person=people[0], role="ppk", agency_id="T1", unit_id="T1.1", follows=first,
        valid=DateRange(NEXT_YEAR, None), approved_at=clock.now(), recorded_at=clock.now(),
    )  # fmt: skip
    assert [one.officers for one in ending_letters(by, until=YEAR_END)] == [2, 1]
    assert ending_letters(world.actor(world.verifier("T2")), until=YEAR_END) == ()
    with pytest.raises(Refused):
        ending_letters(world.actor(people[0]), until=YEAR_END)


@pytest.mark.parametrize(
    ("unit", "offset"), [("T1.1", 7), ("T1.2", 8), ("T1.3", 9)], ids=["WIB", "WITA", "WIT"]
)
def test_at_new_year_the_offices_end_zone_by_zone(keeper: Person, unit: str, offset: int) -> None:
    person = working_on(enter(keeper, YEAR_END), unit, YEAR_END)
    midnight = datetime(NEXT_YEAR.year, 1, 1, tzinfo=UTC) - timedelta(hours=offset)
    assert len(active_grants(person.id, midnight - timedelta(seconds=1))) == 1
    assert active_grants(person.id, midnight) == ()
