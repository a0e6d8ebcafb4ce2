"""Standing in: who may, for whom, how long, without which deeds, and under both names."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override

from gapura.access import services
from gapura.access.errors import (
    PrincipalAway,
    PrincipalInOffice,
    PrincipalIsOneself,
    PrincipalMissing,
    RolesConflict,
    StandingEndless,
    StandingNotAllowed,
    StandingTooLong,
)
from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.queries import active_grants, laws
from gapura.accounts.models import Person
from gapura.audit.behalf import acting, behalf_line, stood_in_for
from gapura.audit.events import Subject
from gapura.audit.models import LogEvent
from gapura.audit.queries import Filters, Whose, explore
from gapura.audit.services import record
from gapura.authentication.events import SIGNED_OUT
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import all_rules, decide, may
from gapura.organizations.permissions import Can as Letters
from tests.access import world

DAY = date(2026, 6, 1)


def days(length: int | None, first: int = 0) -> DateRange:
    """So many days from the first of June."""
    begin = DAY + timedelta(days=first)
    return DateRange(begin, None if length is None else begin + timedelta(days=length))


def hold(
    person: Person,
    role: str,
    valid: DateRange,
    *,
    standing: str = "definitive",
    principal: Person | None = None,
    state: str = "active",
) -> UUID:
    """A grant at unit T1.1, whatever came before."""
    now = clock.now()
    return Grant.objects.create(
        person=person,
        role=role,
        agency_id="T1",
        unit_id="T1.1",
        standing=standing,
        principal=principal,
        state=state,
        valid=valid,
        approved_at=now,
        activated_at=None if state == "approved" else now,
        ended_at=now if state == "revoked" else None,
        recorded_at=now,
    ).id


@pytest.fixture
def head(places: None) -> Person:
    """Proxy budget user of unit T1.1, all year."""
    found = world.person("head")
    hold(found, "kpa", days(365, -30))
    return found


@pytest.fixture
def deputy(places: None) -> Person:
    """Who is to stand in."""
    return world.person("deputy")


def check(role: str, standing: str, principal: Person | None, person: Person, valid: Any) -> None:
    """The check at unit T1.1."""
    services.check_standing(
        role,
        standing,
        principal.id if principal else None,
        person.id,
        agency="T1",
        unit="T1.1",
        valid=valid,
    )


@pytest.mark.parametrize(
    ("role", "standing"),
    [("ppk", "plh"), ("pp", "plt"), ("bendahara", "plh"), ("kpa", "proxy"), ("kpa", "delegate")],
)
def test_only_ways_that_a_dated_row_knows(
    head: Person, deputy: Person, role: str, standing: str
) -> None:
    with pytest.raises(StandingNotAllowed):
        check(role, standing, head, deputy, days(10))


def test_nobody_stands_in_before_the_rule_is_in_force(head: Person, deputy: Person) -> None:
    with pytest.raises(StandingNotAllowed):
        check("kpa", "plh", head, deputy, DateRange(date(2019, 12, 31), date(2020, 1, 2)))


def test_the_principal_is_named_is_another_and_in_office(head: Person, deputy: Person) -> None:
    check("kpa", "plh", head, deputy, days(10))
    with pytest.raises(PrincipalMissing):
        check("kpa", "plh", None, deputy, days(10))
    with pytest.raises(PrincipalIsOneself):
        check("kpa", "plh", head, head, days(10))
    with pytest.raises(PrincipalAway):
        check("kpa", "plh", world.person("stranger"), deputy, days(10))


def test_standing_in_for_the_day_does_not_outlast_the_principal(deputy: Person) -> None:
    leaving = world.person("leaving")
    hold(leaving, "kpa", days(20))
    check("kpa", "plh", leaving, deputy, days(20))
    with pytest.raises(PrincipalAway):
        check("kpa", "plh", leaving, deputy, days(21))
    hold(leaving, "kpa", days(20, 20))
    check("kpa", "plh", leaving, deputy, days(21))


@pytest.mark.parametrize("state", ["approved", "revoked"])
def test_who_does_not_hold_the_office_yet_or_any_more_is_no_principal(
    deputy: Person, state: str
) -> None:
    gone = world.person("gone")
    hold(gone, "kpa", days(100), state=state)
    with pytest.raises(PrincipalAway):
        check("kpa", "plh", gone, deputy, days(10))


def test_a_vacant_post_is_vacant(head: Person, deputy: Person) -> None:
    with pytest.raises(PrincipalInOffice):
        check("kpa", "plt", head, deputy, days(10))
    Grant.objects.filter(person=head).update(valid=days(30, -30))
    check("kpa", "plt", head, deputy, days(10))
    with pytest.raises(PrincipalInOffice):
        check("kpa", "plt", head, deputy, days(10, -1))


@pytest.mark.parametrize(
    ("role", "standing", "longest"),
    [("kpa", "plh", 92), ("bendahara", "proxy", 31), ("bendahara", "substitute", 92)],
)
def test_one_term_is_at_most_so_long(
    deputy: Person, role: str, standing: str, longest: int
) -> None:
    principal = world.person("principal")
    hold(principal, role, days(400))
    check(role, standing, principal, deputy, days(longest))
    with pytest.raises(StandingTooLong):
        check(role, standing, principal, deputy, days(longest + 1))
    with pytest.raises(StandingEndless):
        check(role, standing, principal, deputy, days(None))


def test_extensions_count_over_the_chain_of_the_same_two_people(
    head: Person, deputy: Person
) -> None:
    hold(deputy, "kpa", days(92), standing="plh", principal=head)
    check("kpa", "plh", head, deputy, days(92, 92))
    hold(deputy, "kpa", days(92, 92), standing="plh", principal=head)
    with pytest.raises(StandingTooLong) as caught:
        check("kpa", "plh", head, deputy, days(1, 184))
    assert caught.value.values["longest"] == 184
    other = world.person("other")
    check("kpa", "plh", head, other, days(92, 92))


def test_no_extension_where_the_rule_has_none(deputy: Person) -> None:
    treasurer = world.person("treasurer")
    hold(treasurer, "bendahara", days(400))
    hold(deputy, "bendahara", days(31), standing="proxy", principal=treasurer)
    with pytest.raises(StandingTooLong):
        check("bendahara", "proxy", treasurer, deputy, days(1, 31))
    check("bendahara", "proxy", treasurer, deputy, days(31, 31 + 14))


def test_a_term_that_was_ended_counts_until_its_end(head: Person, deputy: Person) -> None:
    with clock.frozen(clock.now().replace(year=2026, month=6, day=10)):
        hold(deputy, "kpa", days(92), standing="plh", principal=head, state="revoked")
    check("kpa", "plh", head, deputy, days(92, 92))


def test_a_conflict_of_roles_holds_for_those_who_stand_in(head: Person, deputy: Person) -> None:
    hold(deputy, "bendahara", days(100))
    with pytest.raises(RolesConflict):
        services.refuse_conflicts(
            world.SYSTEM,
            deputy.id,
            "kpa",
            agency="T1",
            unit="T1.1",
            valid=days(10),
            standing="plh",
            principal=head.id,
        )


def acting_deputy(head: Person, deputy: Person) -> Actor:
    """The deputy at work as Plh."""
    today = clock.today()
    Grant.objects.filter(person=head).update(valid=DateRange(today, None))
    valid = DateRange(today, today + timedelta(days=10))
    hold(deputy, "kpa", valid, standing="plh", principal=head)
    return world.actor(deputy)


def test_who_stands_in_lacks_what_the_rule_leaves_out(head: Person, deputy: Person) -> None:
    actor = acting_deputy(head, deputy)
    assert actor.grant is not None
    assert Can.NAME in actor.grant.without
    verdict = decide(actor, Letters.ENTER_LETTER)
    assert not verdict
    (clause,) = verdict.missing
    assert clause.name == "acts_in_own_right"
    assert (
        clause.law == "UU 30/2014 art. 14 and SE BKN 1/SE/I/2021: no strategic decisions on "
        "staff and budget"
    )
    assert may(world.actor(head), Letters.ENTER_LETTER)


def test_every_deed_that_a_rule_leaves_out_is_one(places: None) -> None:
    known = set(all_rules())
    for law in laws().standings:
        assert law.without <= known, (law.role, law.standing)


def test_a_deed_left_out_never_counts_as_allowed() -> None:
    odd = ActiveGrant(id=UUID(int=1), role="ppk", without=frozenset({Can.SEE_OWN}))
    assert not may(Actor(person=UUID(int=2), acr=2, grant=odd), Can.SEE_OWN)


def test_an_activation_is_refused_when_the_principal_has_left_meanwhile(
    head: Person, deputy: Person
) -> None:
    today = clock.today()
    Grant.objects.filter(person=head).update(valid=DateRange(today, None))
    valid = DateRange(today, today + timedelta(days=10))
    waiting = hold(deputy, "kpa", valid, standing="plh", principal=head, state="approved")
    head_grant = Grant.objects.get(person=head)
    services.revoke(actor=world.SYSTEM, grants=[head_grant.id], reason="Retired this week.")
    with pytest.raises(PrincipalAway):
        services.activate_grant(actor=world.actor(deputy), grant_id=waiting)


def test_acts_are_recorded_under_both_names(head: Person, deputy: Person) -> None:
    actor = acting_deputy(head, deputy)
    record(actor, SIGNED_OUT, Subject("thing", "1"))
    record(world.actor(head), SIGNED_OUT, Subject("thing", "2"))
    first, second = LogEvent.objects.filter(name=SIGNED_OUT.name).order_by("subject_id")
    assert first.on_behalf_of == f"plh:{head.username}"
    assert second.on_behalf_of == ""


def test_the_log_says_as_plh_of_whom(head: Person, deputy: Person) -> None:
    actor = acting_deputy(head, deputy)
    record(actor, SIGNED_OUT, Subject("thing", "1"))
    with override("en"):
        page = explore(actor, Filters(event=SIGNED_OUT.name), Whose.MINE)
    assert page.rows[0].sentence == f"{deputy.name} as Plh of {head.username} signed out"


@pytest.mark.parametrize(
    ("behalf", "line", "sentence"),
    [
        ("", "", "X"),
        ("budi", "for budi", "X"),
        ("plt:budi", "as Plt of budi", "X as Plt of budi"),
        ("delegate:budi", "as delegate of budi", "X as delegate of budi"),
        ("unknown:budi", "for budi", "X for budi"),
    ],
)
def test_the_words_of_standing_in(behalf: str, line: str, sentence: str) -> None:
    with override("en"):
        assert (behalf_line(behalf), acting("X", behalf)) == (line, sentence)


def test_officers_in_their_own_right_act_for_nobody() -> None:
    assert stood_in_for(Actor()) == ""
    own = ActiveGrant(id=UUID(int=1), role="ppk", principal="budi")
    assert stood_in_for(Actor(grant=own)) == ""


def test_the_law_of_another_day_is_asked_for_a_running_term(head: Person, deputy: Person) -> None:
    acting_deputy(head, deputy)
    (grant,) = active_grants(deputy.id, clock.now())
    assert (grant.standing, grant.principal) == ("plh", head.username)
    assert grant.without
    assert grant.without_law
