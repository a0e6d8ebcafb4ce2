"""Roles that exclude each other, where roles are given, activated, lengthened and used."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import services
from gapura.access.errors import RolesConflict, RolesConflictTold
from gapura.access.models import AccessRequest, ConflictRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries import active_grants
from gapura.access.queries.laws import forget_laws
from gapura.access.services.days import change_days
from gapura.accounts.models import Person
from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide
from gapura.organizations.models import Agency
from gapura.purchasing.permissions import Can as Buying
from gapura.purchasing.policy import DEEDS
from tests.access import world
from tests.access.test_boundaries import letter

NEXT = timedelta(days=1)


@pytest.fixture(autouse=True)
def _law_as_shipped() -> Iterator[None]:
    yield
    forget_laws()


def give(person: Person, role: str, unit: str = "T1.1", **days: Any) -> UUID:
    """A working grant, as the system gives it."""
    return services.issue_grant(
        actor=world.SYSTEM, person_id=person.id, role=role, agency="T1", unit=unit, **days
    )


def forced(person: Person, role: str, unit: str | None = "T1.1", state: str = "active") -> UUID:
    """A grant that came to be before anybody asked about conflicts."""
    now = clock.now()
    return Grant.objects.create(
        person=person,
        role=role,
        agency_id="T1",
        unit_id=unit,
        state=state,
        valid=DateRange(clock.today() - NEXT, None),
        approved_at=now,
        activated_at=now if state == "active" else None,
        recorded_at=now,
    ).id


def new_law(role: str, other: str, since: date, **more: Any) -> ConflictRule:
    """A rule that enters into force on a day."""
    one, two = sorted((role, other))
    values = {"code": "new", "reach": "absolute", "severity": "block", "basis": "A new law"}
    rule = ConflictRule.objects.create(role=one, other=two, valid_from=since, **values | more)
    forget_laws()
    return rule


def test_the_system_itself_gives_nobody_two_roles_that_exclude_each_other(places: None) -> None:
    officer = world.person("officer")
    give(officer, "bendahara")
    with pytest.raises(RolesConflict) as caught:
        give(officer, "ppk", "T1.2")
    assert caught.value.rule == "ppk_bendahara"
    assert "LKPP 15/2018" in str(caught.value)
    assert not isinstance(caught.value, RolesConflictTold)


def _refused(actor: Actor, officer: Person) -> RolesConflict:
    with pytest.raises(RolesConflict) as caught:
        services.refuse_conflicts(
            actor,
            officer.id,
            "ppk",
            agency="T1",
            unit="T1.1",
            valid=DateRange(clock.today(), None),
        )
    return caught.value


def test_only_the_person_and_who_verifies_hear_where_the_other_role_is(
    verifier: Person, outsider: Person, admin: Person
) -> None:
    officer = world.person("officer")
    give(officer, "bendahara", "T1.2")
    for knows in (officer, verifier, admin):
        problem = _refused(world.actor(knows), officer)
        assert isinstance(problem, RolesConflictTold)
        assert "Unit 2" in str(problem)
    stranger = world.holder("keeper", "pa", "T1", "T1.1")
    for other in (world.actor(outsider), world.actor(stranger), world.SYSTEM):
        problem = _refused(other, officer)
        assert not isinstance(problem, RolesConflictTold)
        assert "Unit 2" not in str(problem)


def test_a_rule_that_only_warns_is_answered(places: None) -> None:
    officer = world.person("officer")
    give(officer, "pp")
    (warning,) = services.refuse_conflicts(
        world.SYSTEM,
        officer.id,
        "ppk",
        agency="T1",
        unit="T1.1",
        valid=DateRange(clock.today(), None),
    )
    assert (warning.code, warning.other, warning.reach) == ("ppk_pp", "pp", "package")
    assert warning.place.startswith("Unit 1")


@pytest.mark.parametrize(("kind", "warned"), [("ministry", True), ("city", False)])
def test_a_proxy_user_of_a_regional_budget_may_act_as_commitment_officer(
    places: None, kind: str, warned: bool
) -> None:
    Agency.objects.filter(pk="T1").update(kind=kind)
    officer = world.person("officer")
    give(officer, "kpa")
    valid = DateRange(clock.today(), None)
    where: dict[str, Any] = {"agency": "T1", "unit": "T1.1"}
    found = services.refuse_conflicts(world.SYSTEM, officer.id, "ppk", valid=valid, **where)
    assert bool(found) is warned


@pytest.mark.parametrize("state", ["approved", "active", "suspended"])
def test_waiting_and_suspended_roles_count_ended_ones_do_not(places: None, state: str) -> None:
    officer = world.person("officer")
    held = forced(officer, "bendahara", state=state)
    with pytest.raises(RolesConflict):
        give(officer, "ppk")
    services.revoke(actor=world.SYSTEM, grants=[held], reason="The officer moved on.")
    give(officer, "ppk")


def test_the_day_after_the_last_one_is_free(places: None) -> None:
    officer = world.person("officer")
    last = clock.today() + timedelta(days=9)
    give(officer, "bendahara", valid_until=last)
    with pytest.raises(RolesConflict):
        give(officer, "ppk", valid_from=last)
    give(officer, "ppk", valid_from=last + NEXT)


def test_a_verifier_cannot_approve_what_the_law_forbids(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    Person.objects.filter(pk=applicant.id).update(state="verified", verified_at=clock.now())
    forced(applicant, "bendahara", "T1.2")
    with pytest.raises(RolesConflictTold):
        world.approve(verifier, request_id)
    assert AccessRequest.objects.get(pk=request_id).state == "in_review"
    assert not Grant.objects.filter(request=request_id).exists()


def test_what_was_warned_of_is_recorded_with_the_approval(
    applicant: Person, verifier: Person
) -> None:
    request_id = world.claimed(applicant, verifier)
    forced(applicant, "pp")
    world.approve(verifier, request_id)
    told = LogEvent.objects.get(name="access.request.approved", subject_id=str(request_id))
    assert told.facts["conflicts"] == ["ppk_pp"]


def test_a_law_that_came_after_the_approval_stops_the_activation(
    applicant: Person, verifier: Person
) -> None:
    forced(applicant, "kpa", "T1.3")
    grant_id = world.approved(applicant, verifier)
    new_law("kpa", "ppk", clock.today())
    with pytest.raises(RolesConflictTold):
        services.activate_grant(actor=world.actor(applicant), grant_id=grant_id)
    assert Grant.objects.get(pk=grant_id).state == "approved"


def test_days_are_not_lengthened_into_another_role(places: None, verifier: Person) -> None:
    officer = world.person("officer")
    today = clock.today()
    held = give(officer, "bendahara", valid_until=today + timedelta(days=9))
    give(officer, "ppk", valid_from=today + timedelta(days=20))
    Grant.objects.filter(pk=held).update(
        letter=letter(DateRange(today, today + timedelta(days=365)))
    )
    boss = world.actor(verifier)
    change: dict[str, Any] = {"actor": boss, "grant_id": held, "reason": "A longer appointment."}
    change_days(last_day=today + timedelta(days=19), **change)
    with pytest.raises(RolesConflictTold):
        change_days(last_day=today + timedelta(days=20), **change)


def _with_two_roles(*roles: str) -> Actor:
    officer = world.person("officer")
    for role in roles:
        forced(officer, role, None if role == "apip" else "T1.1")
    return world.actor(officer)


def test_at_the_deed_neither_role_can_be_used(places: None) -> None:
    actor = _with_two_roles("ppk", "bendahara")
    assert len(actor.grants) == 2
    for grant in actor.grants:
        assert "LKPP 15/2018 art. 6(3)" in grant.conflict
        acting = actor.as_grant(grant)
        for deed in (Buying.PAY, Buying.SIGN, Buying.SUBMIT):
            missing = decide(acting, deed, _order()).missing
            (clause,) = (c for c in missing if c.name == "acts_without_conflict")
            assert clause.law == grant.conflict


def _order() -> Any:
    """Nobody's order: every clause about it fails, whoever asks."""

    class Order:
        senders = ()
        ppk = buyer = UUID(int=9)

        def __getattr__(self, name: str) -> str:
            return ""

    return Order()


def test_every_deed_that_binds_asks_for_the_absence_of_a_conflict() -> None:
    from gapura.purchasing.policy import RULES

    for can in DEEDS:
        for rule in RULES[can]:
            assert "acts_without_conflict" in {clause.name for clause in rule}, can


def test_warnings_do_not_stop_the_deed_and_single_roles_are_free(places: None) -> None:
    assert [grant.conflict for grant in _with_two_roles("pp", "ppk").grants] == ["", ""]
    assert [grant.conflict for grant in _with_two_roles("ppk").grants] == [""]


def test_a_law_begins_and_ends_at_the_deed_on_its_days(places: None) -> None:
    officer = world.person("officer")
    forced(officer, "kpa")
    forced(officer, "ppk")
    day = clock.today() + timedelta(days=10)
    new_law("kpa", "ppk", day, valid_to=day + NEXT)
    begins = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=7)

    def held_back(at: datetime) -> bool:
        return any(grant.conflict for grant in active_grants(officer.id, at))

    second = timedelta(seconds=1)
    assert [held_back(begins - second), held_back(begins)] == [False, True]
    ends = begins + NEXT
    assert [held_back(ends - second), held_back(ends)] == [True, False]


@pytest.mark.parametrize(("unit", "hours"), [("T1.1", 7), ("T1.2", 8), ("T1.3", 9)])
def test_at_the_turn_of_a_day_each_role_ends_in_its_own_zone(
    places: None, unit: str, hours: int
) -> None:
    """Treasurer in Jakarta until the 9th, commitment officer elsewhere from the 10th."""
    officer = world.person("officer")
    first = clock.today() + timedelta(days=10)
    give(officer, "bendahara", "T1.1", valid_until=first - NEXT)
    give(officer, "ppk", unit, valid_from=first)
    begins = datetime(first.year, first.month, first.day, tzinfo=UTC) - timedelta(hours=hours)
    second = timedelta(seconds=1)
    before = active_grants(officer.id, begins - second)
    assert [(g.role, g.conflict) for g in before] == [("bendahara", "")]
    both = active_grants(officer.id, begins)
    # East of Jakarta the new day comes earlier: until it has come there too, both would work.
    assert len(both) == (1 if hours == 7 else 2)
    assert all(bool(grant.conflict) is (hours > 7) for grant in both)
    later = begins + timedelta(hours=hours - 7)
    assert [(g.role, g.conflict) for g in active_grants(officer.id, later)] == [("ppk", "")]


def test_an_actor_with_a_conflict_neither_decides_nor_delegates(
    places: None, verifier: Person
) -> None:
    forced(verifier, "apip", None)
    actor = world.actor(verifier)
    acting = actor.as_grant(next(g for g in actor.grants if g.role == "verifikator"))
    assert acting.grant is not None
    assert acting.grant.conflict
    verdict = decide(acting, Can.DELEGATE)
    assert "acts_without_conflict" in {clause.name for clause in verdict.missing}
