"""Whatever people and the calendar do in whatever order: no access that nobody gave or that ended.

A machine of Hypothesis drives the services of requests, letters, grants and delegations. After
every step it works out from the plain rows, without the product's own query, which grants may
work, and compares what sessions and the door for machines are told.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import wraps
from itertools import combinations
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from gapura.access import services
from gapura.access.models import AccessRequest, Appointment, Grant
from gapura.access.queries import judge
from gapura.access.queries.named import grants_named
from gapura.access.services.days import change_days
from gapura.access.states import LIVE_GRANT
from gapura.accounts.models import Person
from gapura.accounts.queries import subject_named
from gapura.authentication.models import Session
from gapura.authentication.queries import resolve_actor
from gapura.authentication.tokens import new_token, token_hash
from gapura.kernel import clock
from gapura.kernel.problems import Problem
from gapura.organizations.models import AppointmentLetter
from gapura.organizations.queries import spot
from gapura.purchasing.permissions import Can as Buying
from tests.access import world
from tests.access.registered import enter, granted, name

WHY = "Because the machine said so."
ROLES, UNITS = ("ppk", "pp", "bendahara"), ("T1.1", "T1.3")
_places = st.tuples(st.sampled_from(ROLES), st.sampled_from(UNITS))
_pick = st.integers(0, 5)
# Mostly the two who may: places in `people`.
_by = st.sampled_from([2, 3, 2, 3, 2, 3, 0, 4, 5])
Do = Callable[..., None]


def tried(do: Do) -> Do:
    """At the machine's time, whole or not at all; refusals are answers, too."""

    @wraps(do)
    def run(self: "Access", *given: Any, **named: Any) -> None:
        with (
            clock.frozen(self.now),
            suppress(Problem, IntegrityError, LookupError),
            transaction.atomic(),
        ):
            do(self, *given, **named)

    return run


class Access(RuleBasedStateMachine):
    """Two officers, two verifiers of the agency and one of another, the agency's administrator."""

    def __init__(self) -> None:
        super().__init__()
        self.whole = transaction.savepoint()
        self.now = clock.now()
        with clock.frozen(self.now):
            self.officers = [world.person(one) for one in ("ani", "budi")]
            self.verifiers = [world.verifier(), world.verifier(), world.verifier("T2")]
            self.keeper = world.holder("keeper", "admin_instansi", "T1")
        self.people = [*self.officers, *self.verifiers, self.keeper]
        self.given_by_system = set(Grant.objects.values_list("id", flat=True))
        with clock.frozen(self.now):
            self.begin()
        self.watched = [*self.officers, self.verifiers[0]]
        self.tokens = {one.id: self.signed_in(one) for one in self.watched}
        self.ended: set[UUID] = set()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.whole)

    def begin(self) -> None:
        """One holds a role by request, the other by a letter of the register."""
        ani, budi = self.officers
        world.active(ani, self.verifiers[0])
        letter = enter(self.keeper, days=60)
        named = name(self.keeper, letter, budi, "pp", unit="T1.3")
        services.check_letter(actor=world.actor(self.verifiers[1]), letter_id=letter)
        services.activate_grant(actor=world.actor(budi), grant_id=granted(named).id)

    def signed_in(self, person: Person) -> str:
        token = new_token()
        Session.objects.create(
            token_hash=token_hash(token),
            person=person,
            acr=2,
            created_at=self.now,
            signed_in_at=self.now,
            last_seen_at=self.now,
        )
        return token

    def one(self, rows: Any, number: int) -> Any:
        found = list(rows.order_by("id"))
        if not found:
            raise LookupError
        return found[number % len(found)]

    @rule(days=st.sampled_from([1, 6, 30, 200]))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        Session.objects.update(last_seen_at=self.now, signed_in_at=self.now)

    @rule(who=_pick, where=_places)
    @tried
    def ask(self, who: int, where: tuple[str, str]) -> None:
        world.submitted(self.officers[who % 2], where[0], unit=where[1])

    @precondition(lambda self: AccessRequest.objects.exists())
    @rule(by=_by, which=_pick, verb=st.sampled_from(["claim", "approve", "release"]))
    @tried
    def decide(self, by: int, which: int, verb: str) -> None:
        request = self.one(AccessRequest.objects.all(), which).id
        person = self.people[by]
        if verb == "approve":
            with suppress(Problem), transaction.atomic():
                services.claim_request(actor=world.actor(person), request_id=request)
            world.approve(person, request)
            return
        do: Any = {"claim": services.claim_request, "release": services.release_request}[verb]
        do(actor=world.actor(person), request_id=request)

    @rule(days=st.integers(1, 40), who=_pick, where=_places, more=st.booleans())
    @tried
    def write_a_letter(self, days: int, who: int, where: tuple[str, str], more: bool) -> None:
        letter = enter(self.keeper, number=f"821/{uuid4().hex[:8]}", days=days)
        name(self.keeper, letter, self.officers[who % 2], where[0], unit=where[1])
        if more:
            name(self.keeper, letter, self.verifiers[0], where[0], unit=where[1])

    @precondition(lambda self: AppointmentLetter.objects.exists())
    @rule(by=_by, which=_pick, verb=st.sampled_from(["check", "check", "end", "refuse"]))
    @tried
    def treat_a_letter(self, by: int, which: int, verb: str) -> None:
        letter = self.one(AppointmentLetter.objects.all(), which).id
        actor = world.actor(self.people[by])
        if verb == "check":
            services.check_letter(actor=actor, letter_id=letter)
        elif verb == "end":
            services.end_letter(actor=actor, letter_id=letter, reason=WHY)
        else:
            services.refuse_letter(actor=actor, letter_id=letter, reason=WHY)

    @precondition(lambda self: Grant.objects.filter(state="approved").exists())
    @rule(which=_pick, own=st.booleans())
    @tried
    def activate(self, which: int, own: bool) -> None:
        grant = self.one(Grant.objects.filter(state="approved"), which)
        person = grant.person if own else self.keeper
        services.activate_grant(actor=world.actor(person), grant_id=grant.id)

    @rule(by=_by, which=_pick, verb=st.sampled_from(["suspend", "resume", "revoke"]))
    @tried
    def stop(self, by: int, which: int, verb: str) -> None:
        grant = self.one(Grant.objects.exclude(pk__in=self.given_by_system), which).id
        actor = world.actor(self.people[by])
        if verb == "suspend":
            services.suspend_grant(actor=actor, grant_id=grant, reason=WHY)
        elif verb == "resume":
            services.resume_grant(actor=actor, grant_id=grant)
        else:
            services.revoke(actor=actor, grants=[grant], reason=WHY)

    @rule(by=_by, which=_pick, days=st.integers(-2, 400))
    @tried
    def move_the_end(self, by: int, which: int, days: int) -> None:
        grant = self.one(Grant.objects.exclude(pk__in=self.given_by_system), which).id
        last = clock.today() + timedelta(days=days)
        actor = world.actor(self.people[by])
        change_days(actor=actor, grant_id=grant, last_day=last, reason=WHY)

    @rule(by=_by, first=st.integers(0, 3), length=st.integers(0, 10))
    @tried
    def delegate(self, by: int, first: int, length: int) -> None:
        today = clock.today()
        grant = services.delegate(
            actor=world.actor(self.verifiers[by % 2]),
            username=self.officers[by % 2].username,
            first=today + timedelta(days=first),
            last=today + timedelta(days=first + length),
        )
        services.activate_grant(actor=world.actor(self.officers[by % 2]), grant_id=grant)

    @invariant()
    def nobody_holds_a_role_twice_on_one_day(self) -> None:
        live = Grant.objects.filter(state__in=LIVE_GRANT, superseded_at__isnull=True)
        rows = live.values_list("person", "role", "agency", "unit", "company", "valid")
        for one, two in combinations(rows, 2):
            assert one[:-1] != two[:-1] or not _meet(one[-1], two[-1])

    @invariant()
    def every_grant_was_given_by_somebody_else(self) -> None:
        for grant in Grant.objects.filter(superseded_at__isnull=True).select_related("rests_on"):
            if grant.id in self.given_by_system:
                continue
            if grant.rests_on is not None:
                assert grant.rests_on.person_id == grant.principal_id != grant.person_id
                continue
            assert grant.approved_by_id not in (None, grant.person_id)
            assert grant.approved_by_id in {one.id for one in self.verifiers[:2]}
            assert _was_decided(grant)

    @invariant()
    def what_ended_stays_ended(self) -> None:
        now_ended = set(Grant.objects.filter(state="revoked").values_list("id", flat=True))
        assert self.ended <= now_ended
        self.ended = now_ended

    @invariant()
    def no_session_and_no_answer_outlives_what_it_rests_on(self) -> None:
        with clock.frozen(self.now):
            held = Grant.objects.filter(superseded_at__isnull=True).select_related(
                "letter", "unit", "rests_on__letter", "rests_on__unit"
            )
            for person in self.watched:
                mine = list(held.filter(person=person).order_by("id"))
                may_work = {grant.id for grant in mine if _works(grant, self.now)}
                if mine:
                    Session.objects.filter(person=person).update(grant=mine[-1].id)
                actor, _view = resolve_actor(token=self.tokens[person.id])
                assert {grant.id for grant in actor.grants} == may_work
                assert actor.grant is None or actor.grant.id in may_work
                self.the_door_agrees(person, may_work)

    def the_door_agrees(self, person: Person, may_work: set[UUID]) -> None:
        grants = grants_named(person.username, self.now)
        subject = subject_named(person.username)
        for unit in UNITS:
            found = judge(subject, grants, Buying.SIGN, spot("unit", unit), at=self.now)
            if found.allowed:
                assert found.grant is not None
                assert found.grant.id in may_work


def _meet(one: Any, two: Any) -> bool:
    last = date.max
    return bool(one.lower < (two.upper or last) and two.lower < (one.upper or last))


def _was_decided(grant: Grant) -> bool:
    """By whom it says: a request approved by them, or a letter that they checked."""
    if grant.request is not None:
        return (grant.request.state, grant.request.decided_by_id) == (
            "approved",
            grant.approved_by_id,
        )
    named = Appointment.objects.filter(grant=grant).first()
    letter: Any = grant.letter
    return named is not None and letter is not None and letter.checked_by == grant.approved_by_id


def _works(grant: Grant, at: datetime) -> bool:
    """From the row and the law alone: state, days, letter, and what it was delegated from."""
    zone = grant.unit.zone if grant.unit else "Asia/Jakarta"
    day = at.astimezone(ZoneInfo(zone)).date()
    if grant.state != "active" or not _covers(grant.valid, day):
        return False
    letter: Any = grant.letter
    if letter is not None and (letter.revoked_at is not None or not _covers(letter.valid, day)):
        return False
    return grant.rests_on is None or _works(grant.rests_on, at)


def _covers(days: Any, day: date) -> bool:
    return bool(days.lower <= day and (days.upper is None or day < days.upper))


@pytest.mark.usefixtures("places")
def test_no_order_of_deeds_gives_access_that_nobody_gave_or_that_ended() -> None:
    run_state_machine_as_test(
        Access,
        settings=settings(
            max_examples=8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
