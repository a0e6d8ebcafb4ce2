"""`gapura seed`: a year of sample data, brought in round by round; interrupted, it goes on."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from gapura.audit.queries import Filters, Whose, event_detail, explore
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.notifications.services import carried_over
from gapura.ops import events
from gapura.ops.personas import create_personas
from gapura.ops.seeding.alerts import look_back
from gapura.ops.seeding.applications import connect_applications
from gapura.ops.seeding.arrival import persona_id
from gapura.ops.seeding.credentials import demo_only
from gapura.ops.seeding.doing import carry_out
from gapura.ops.seeding.doing.world import World
from gapura.ops.seeding.people import SYSTEM, acting
from gapura.ops.seeding.plan import Plan, make_plan
from gapura.ops.seeding.rounds import Round
from gapura.ops.trouble import Trouble, say

# One number for all of gapura, beside that of `migrate`.
_LOCK = 0x67617076
_BEFORE_THE_NEXT = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it came: the last finished part, and the plan's own two figures."""

    part: int
    parts: int
    accounts: int
    anchor: datetime


def seed(options: argparse.Namespace) -> int:
    """Make the sample data, or what is missing of it; doing it again makes nothing new.

    :raises Trouble: under production settings, with an impossible number, or beside another one.
    """
    demo_only("Sample data")
    with _alone():
        create_personas()
        with transaction.atomic(), carried_over():
            connect_applications()
        grow(options.accounts, told=options.progress)
        with carried_over():
            look_back()
    return 0


def grow(accounts: int, *, told: bool = False) -> int:
    """Bring in the rounds that are missing, a transaction each; answers how many."""
    before = progress()
    if before and before.part == before.parts:
        say(f"sample data is there already ({before.accounts} accounts)")
        return 0
    anchor = before.anchor if before else clock.now()
    plan = make_plan(anchor, before.accounts if before else accounts)
    missing = plan.rounds[before.part if before else 0 :]
    world = World(plan.people)
    for part in missing:
        _bring_in(world, part, plan, anchor)
        if told:
            done = f"part {part.number} of {len(plan.rounds)}"
            say(f"sample data: {done}, up to {clock.legal_day(part.until)}")
    say(f"sample data is ready: {len(plan.people)} accounts and what they did in a year")
    return len(missing)


def progress() -> Progress | None:
    """What the log says of it, as the demo's administrator reads it; None when nothing is there."""
    admin = acting(persona_id("admin"))
    newest = Filters(event=events.SAMPLE_GROWN.name, size=1)
    rows = explore(admin, newest, Whose.OVERSEEN).rows
    if not rows:
        return None
    facts = event_detail(admin, rows[0].id).facts
    anchor = datetime.fromisoformat(facts["anchor"])
    return Progress(facts["part"], facts["parts"], facts["accounts"], anchor)


def _bring_in(world: World, part: Round, plan: Plan, anchor: datetime) -> None:
    """One round with its mark, or nothing of it; all in the past, so that nobody gets mail."""
    with transaction.atomic(), carried_over():
        carry_out(world, part)
        facts = {
            "part": part.number,
            "parts": len(plan.rounds),
            "accounts": len(plan.people),
            "anchor": anchor.isoformat(),
        }
        with clock.frozen(part.until - _BEFORE_THE_NEXT):
            record(SYSTEM, events.SAMPLE_GROWN, Subject("sample", "sample"), facts=facts)


@contextmanager
def _alone() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            raise Trouble("Sample data is being made by another gapura seed. Wait until it ends.")
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
