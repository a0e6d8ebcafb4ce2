"""Who could act on a past day, on which letter, and what was known of it when."""

from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest
from pytest_django import DjangoAssertNumQueries

from gapura.access import services
from gapura.access.errors import DaysImpossible, NoSuchGrant
from gapura.access.models import Grant
from gapura.access.queries import Question, active_grants, who_could
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import Refused
from gapura.organizations.services import revoke_letter
from tests.access import world

MARCH = datetime(2026, 3, 14, 3, 0, tzinfo=UTC)


@pytest.fixture
def march(places: None) -> datetime:
    return MARCH


@pytest.fixture
def verifier(places: None) -> Person:
    """One who was there before all of this."""
    with clock.frozen(MARCH - timedelta(days=30)):
        return world.verifier()


def ask(by: Actor, at: datetime, known: datetime | None = None, unit: str = "T1.1") -> list[str]:
    """The usernames of those who could act as PPK."""
    asked = Question("ppk", "T1", unit, at, known or clock.now())
    return [found.username for found in who_could(by, asked) if found.could_act]


def officer(at: datetime, verifier: Person, unit: str = "T1.1") -> tuple[Person, UUID]:
    """A PPK whose grant began at `at`."""
    person = world.person("officer")
    with clock.frozen(at):
        return person, world.active(person, verifier, unit=unit)


def test_the_holder_of_that_day_is_named_with_the_letter(march: datetime, verifier: Person) -> None:
    person, grant = officer(march, verifier)
    (found,) = who_could(
        world.actor(verifier), Question("ppk", "T1", "T1.1", march + timedelta(days=1), clock.now())
    )
    assert (found.username, found.grant) == (person.username, grant)
    assert found.letter_reference == world.letter_of(grant).reference
    assert found.letter_number == "800/12/SK/2026"


def test_nobody_held_it_before_the_activation(march: datetime, verifier: Person) -> None:
    officer(march, verifier)
    assert ask(world.actor(verifier), march - timedelta(seconds=1)) == []
    assert len(ask(world.actor(verifier), march)) == 1


def test_a_revoked_letter_ends_it_at_that_very_second(march: datetime, verifier: Person) -> None:
    _, grant = officer(march, verifier)
    ended = march + timedelta(days=10)
    with clock.frozen(ended):
        letter = world.letter_of(grant)
        revoke_letter(
            actor=world.actor(verifier), letter_id=letter.id, reason="The decree was annulled."
        )
    by = world.actor(verifier)
    assert len(ask(by, ended - timedelta(seconds=1))) == 1
    assert ask(by, ended) == []


def test_what_was_not_known_yet_does_not_count(march: datetime, verifier: Person) -> None:
    """A revocation of 24 March says nothing about what was known on the 20th."""
    _, grant = officer(march, verifier)
    with clock.frozen(march + timedelta(days=10)):
        services.revoke(actor=world.SYSTEM, grants=[grant], reason="Ended by decree of that day.")
    by, then = world.actor(verifier), march + timedelta(days=12)
    assert ask(by, then) == []
    assert len(ask(by, then, known=march + timedelta(days=6))) == 1


def test_a_suspension_counts_for_its_span_only(march: datetime, verifier: Person) -> None:
    _, grant = officer(march, verifier)
    with clock.frozen(march + timedelta(days=5)):
        services.suspend_grant(actor=world.SYSTEM, grant_id=grant, reason="An inquiry is going on.")
    with clock.frozen(march + timedelta(days=7)):
        services.resume_grant(actor=world.SYSTEM, grant_id=grant)
    by = world.actor(verifier)
    answers = [ask(by, march + timedelta(days=n, hours=1)) != [] for n in (4, 5, 6, 7)]
    assert answers == [True, False, False, True]


@pytest.mark.parametrize(
    ("unit", "offset"), [("T1.1", 7), ("T1.2", 8), ("T1.3", 9)], ids=["WIB", "WITA", "WIT"]
)
def test_changed_days_count_from_when_they_were_known(
    march: datetime, verifier: Person, unit: str, offset: int
) -> None:
    _, grant = officer(march, verifier, unit)
    changed = march + timedelta(days=5)
    last = changed.date() + timedelta(days=5)
    change = partial(services.change_days, actor=world.SYSTEM, grant_id=grant, last_day=last)
    with clock.frozen(changed):
        change(reason="Moves to another office.")
    over = datetime(last.year, last.month, last.day, tzinfo=UTC) + timedelta(days=1, hours=-offset)
    by = world.actor(verifier)
    assert len(ask(by, over - timedelta(seconds=1), unit=unit)) == 1
    assert ask(by, over, unit=unit) == []
    # As was known the day before the change, it would have gone on.
    assert len(ask(by, over, known=changed - timedelta(days=1), unit=unit)) == 1
    kept = Grant.objects.get(version_of=grant)
    assert (kept.superseded_at, kept.recorded_at < changed) == (changed, True)


def test_changed_days_count_for_the_person_from_midnight(march: datetime, verifier: Person) -> None:
    person, grant = officer(march, verifier)
    with clock.frozen(march + timedelta(days=1)):
        services.change_days(
            actor=world.SYSTEM, grant_id=grant, last_day=clock.today(), reason="Ends today."
        )
        assert len(active_grants(person.id, clock.now())) == 1
        assert active_grants(person.id, clock.now() + timedelta(days=1)) == ()


def test_days_outside_of_the_letter_are_refused(march: datetime, verifier: Person) -> None:
    _, grant = officer(march, verifier)
    far, before = march.date() + timedelta(days=3650), march.date() - timedelta(days=1)
    for day in (far, before):
        with pytest.raises(DaysImpossible):
            services.change_days(
                actor=world.SYSTEM, grant_id=grant, last_day=day, reason="A slip of the pen."
            )
    assert not Grant.objects.filter(version_of=grant).exists()


def test_an_ended_grant_has_no_days_to_change(march: datetime, verifier: Person) -> None:
    _, grant = officer(march, verifier)
    services.revoke(actor=world.SYSTEM, grants=[grant], reason="The duty has ended.")
    with pytest.raises(NoSuchMove):
        services.change_days(
            actor=world.SYSTEM, grant_id=grant, last_day=clock.today(), reason="Too late for it."
        )


def test_only_who_oversees_the_agency_may_ask(march: datetime, verifier: Person) -> None:
    person, grant = officer(march, verifier)
    foreign = world.actor(world.verifier("T2"))
    for who in (foreign, world.actor(person), world.actor(verifier, acr=1), Actor()):
        with pytest.raises(Refused):
            ask(who, march)
    for who in (foreign, world.actor(person)):
        with pytest.raises((NoSuchGrant, Refused)):
            services.change_days(
                actor=who, grant_id=grant, last_day=clock.today(), reason="Not for me to do."
            )
    assert ask(world.actor(world.platform_admin()), march)
    assert ask(world.actor(world.holder("auditor", "apip", "T1")), march)


def test_the_account_of_that_day_is_told(march: datetime, verifier: Person) -> None:
    """An account that was suspended then could not act, whatever it may do today."""
    person, _ = officer(march, verifier)
    LogEvent.objects.create(
        name="accounts.person.suspended",
        occurred_at=march + timedelta(days=2),
        person=person.id,
        readers="agency",
        result="done",
        facts="{}",
        after='{"state":"suspended"}',
        commitments="{}",
    )
    by = world.actor(verifier)
    assert len(ask(by, march + timedelta(days=1))) == 1
    assert ask(by, march + timedelta(days=3)) == []


def test_the_question_takes_three_queries_however_many_held_it(
    march: datetime, verifier: Person, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(3):
        officer(march, verifier)
    by = world.actor(verifier)
    with django_assert_max_num_queries(3):
        assert len(ask(by, march)) == 3
