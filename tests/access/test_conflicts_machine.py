"""No sequence of services gives one person two roles that exclude each other on the same day."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gapura.access import services
from gapura.access.models import AccessRule, Grant
from gapura.access.queries import active_grants
from gapura.access.queries.conflicts import offices
from gapura.access.queries.laws import laws
from gapura.access.rules import clashes
from gapura.access.services.conflicts import refuse_conflicts
from gapura.access.services.days import change_days
from gapura.access.states import LIVE_GRANT
from gapura.accounts.models import Person
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem
from tests.access import world

ROLES = ("ppk", "pp", "bendahara", "ppspm", "kpa", "apip", "verifikator")
_UNITS = ("T1.1", "T1.2")
_AGENCY_WIDE = ("apip", "verifikator")
Step = tuple[str, str, int, int, int]


def _where(role: str, place: int) -> dict[str, Any]:
    unit = None if role in _AGENCY_WIDE else _UNITS[place % 2]
    return {"agency": "T1", "unit": unit}


def _issue(person: Person, role: str, place: int, first: int, length: int) -> None:
    today = clock.today()
    services.issue_grant(
        actor=world.SYSTEM,
        person_id=person.id,
        role=role,
        valid_from=today + timedelta(days=first),
        valid_until=today + timedelta(days=first + length),
        **_where(role, place),
    )


def _prepare(person: Person, role: str, place: int, first: int, length: int) -> None:
    """As an approval does: refuse, then a grant that waits."""
    begin = clock.today() + timedelta(days=first)
    valid, now = DateRange(begin, begin + timedelta(days=length + 1)), clock.now()
    where = _where(role, place)
    refuse_conflicts(world.SYSTEM, person.id, role, valid=valid, **where)
    Grant.objects.create(
        person=person,
        role=role,
        agency_id="T1",
        unit_id=where["unit"],
        valid=valid,
        approved_at=now,
        recorded_at=now,
    )


def _one(person: Person, place: int) -> Grant:
    rows = list(Grant.objects.filter(person=person, superseded_at__isnull=True).order_by("id"))
    if not rows:
        raise Problem()
    return rows[place % len(rows)]


def _activate(person: Person, role: str, place: int, first: int, length: int) -> None:
    services.activate_grant(actor=world.actor(person), grant_id=_one(person, place).id)


def _lengthen(person: Person, role: str, place: int, first: int, length: int) -> None:
    last = clock.today() + timedelta(days=first + length)
    grant = _one(person, place).id
    change_days(actor=world.SYSTEM, grant_id=grant, last_day=last, reason="Another letter came.")


def _suspend(person: Person, role: str, place: int, first: int, length: int) -> None:
    services.suspend_grant(
        actor=world.SYSTEM, grant_id=_one(person, place).id, reason="An inquiry is going on."
    )


def _resume(person: Person, role: str, place: int, first: int, length: int) -> None:
    services.resume_grant(actor=world.SYSTEM, grant_id=_one(person, place).id)


def _end(person: Person, role: str, place: int, first: int, length: int) -> None:
    grant = _one(person, place).id
    services.revoke(actor=world.SYSTEM, grants=[grant], reason="The officer moved on.")


def _delegate(person: Person, role: str, place: int, first: int, length: int) -> None:
    own = Grant.objects.get(role="verifikator", person__username__startswith="verifier")
    giver = Person.objects.get(pk=own.person_id)
    today = clock.today()
    services.delegate(
        actor=world.actor(giver),
        username=person.username,
        first=today + timedelta(days=first),
        last=today + timedelta(days=first + length),
    )


DOES: dict[str, Callable[[Person, str, int, int, int], None]] = {
    "issue": _issue,
    "prepare": _prepare,
    "activate": _activate,
    "lengthen": _lengthen,
    "suspend": _suspend,
    "resume": _resume,
    "end": _end,
    "delegate": _delegate,
}
_steps = st.lists(
    st.tuples(
        st.sampled_from(list(DOES)),
        st.sampled_from(ROLES),
        st.integers(0, 3),
        st.integers(0, 20),
        st.integers(0, 20),
    ),
    min_size=2,
    max_size=12,
)


@pytest.fixture
def world_with_a_verifier(places: None) -> Actor:
    """Somebody who delegates; the rules are there."""
    assert AccessRule.objects.exists()
    return world.actor(world.verifier())


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(_steps)
def test_no_way_leads_to_two_roles_that_exclude_each_other(
    world_with_a_verifier: Actor, steps: list[Step]
) -> None:
    whole = transaction.savepoint()
    try:
        person = world.person("officer")
        for verb, role, place, first, length in steps:
            with suppress(Problem, IntegrityError), transaction.atomic():
                DOES[verb](person, role, place, first, length)
            _nothing_clashes(person)
    finally:
        transaction.savepoint_rollback(whole)


def _nothing_clashes(person: Person) -> None:
    live = Grant.objects.filter(person=person, state__in=LIVE_GRANT, superseded_at__isnull=True)
    for one, two in combinations(offices(live), 2):
        assert not [c for c in clashes(one, [two], laws().conflicts) if c.law.blocks]
    assert not any(grant.conflict for grant in active_grants(person.id, clock.now()))
