"""The sample data: every state there is, made once, in order, and going on where it stopped."""

import json
from argparse import Namespace
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection

from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import GRANT, REQUEST, queue_for
from gapura.access.queries.views import QueueFilters
from gapura.accounts.models import Person
from gapura.accounts.queries import check_identity
from gapura.accounts.states import STATES
from gapura.audit.models import LogEvent
from gapura.authentication.models import Password
from gapura.catalog.models import Category, Choice, Product
from gapura.helpdesk.models import Case
from gapura.kernel import clock
from gapura.notifications.models import Mail
from gapura.ops import seed as command
from gapura.ops.seeding.cast import CAST, COMPANY
from gapura.ops.seeding.doing import VERBS, carry_out
from gapura.ops.seeding.doing.world import World
from gapura.ops.seeding.plan import FEWEST, make_plan
from gapura.ops.seeding.rounds import Round
from gapura.ops.trouble import Trouble
from tests.personas import ActorFor, Personas

ANCHOR = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
CLOSE = {"register", "confirm", "ask", "claim", "approve", "activate", "send_back", "send_again"}


def test_the_plan_is_the_same_each_time(personas: Personas) -> None:
    first, again = make_plan(ANCHOR, 120), make_plan(ANCHOR, 120)
    assert first == again
    assert len(first.people) == 120


def test_the_plan_uses_every_verb_and_no_other(personas: Personas) -> None:
    used = {deed.verb for part in make_plan(ANCHOR, 300).rounds for deed in part.deeds}
    assert used == set(VERBS)


def test_a_tale_that_waits_for_somebody_lies_in_one_round(personas: Personas) -> None:
    """The deadlines run in the present: they would end what stands half-told in the database."""
    rounds = make_plan(ANCHOR, 300).rounds
    where: dict[str, set[int]] = {}
    for part in rounds:
        for deed in part.deeds:
            if deed.verb in CLOSE:
                where.setdefault(deed.who, set()).add(part.number)
    assert [who for who, parts in where.items() if len(parts) > 1] == []
    for part in rounds:
        assert all(a.at <= b.at for a, b in pairwise(part.deeds))
        assert all(deed.at < part.until for deed in part.deeds)


def test_people_have_sound_and_different_numbers(personas: Personas) -> None:
    people = make_plan(ANCHOR, 1000).people.values()
    found = [check_identity(person.details) for person in people]
    assert [one.problems for one in found if one.problems] == []
    assert len({person.details.nik for person in people}) == 1000


def test_an_impossible_number_of_accounts_is_refused(personas: Personas) -> None:
    with pytest.raises(Trouble, match="from 80 to 2000"):
        make_plan(ANCHOR, 10)


def test_production_is_refused(personas: Personas, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "TESTING", False)
    with pytest.raises(Trouble, match="production"):
        command.seed(Namespace(accounts=FEWEST, progress=False))


def test_a_year_of_it(
    personas: Personas,
    actor_for: ActorFor,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """One run, since it takes long: interrupted once, gone on with, looked at, run again."""
    _interrupted_in_part_three(monkeypatch)
    before = command.progress()
    assert before is not None
    assert before.part == 2
    assert command.seed(Namespace(accounts=500, progress=True)) == 0
    assert "part 3 of 28" in capsys.readouterr().out
    _every_state_is_there()
    _log_is_in_order()
    _nothing_can_be_abused()
    _the_demo_has_work_to_do(actor_for)
    _again_makes_nothing_new()


def _interrupted_in_part_three(monkeypatch: pytest.MonkeyPatch) -> None:
    def stumbling(world: World, part: Round) -> None:
        carry_out(world, part)
        if part.number == 3:
            raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("gapura.ops.seed.carry_out", stumbling)
        with pytest.raises(KeyboardInterrupt):
            command.seed(Namespace(accounts=FEWEST, progress=False))


def _every_state_is_there() -> None:
    """The number of accounts is the one it began with."""
    assert Person.objects.count() == FEWEST + len(CAST)
    assert set(Person.objects.values_list("state", flat=True)) == set(STATES)
    assert set(AccessRequest.objects.values_list("state", flat=True)) == set(REQUEST.states)
    assert set(Grant.objects.values_list("state", flat=True)) == set(GRANT.states)
    assert Category.objects.count() == 12
    assert Product.objects.count() == 120
    assert Product.objects.filter(company=COMPANY).exists()
    assert Product.objects.filter(listed_at__isnull=True).exists()
    assert Choice.objects.exists()
    assert set(Case.objects.values_list("state", flat=True)) == {"open", "answered", "closed"}


def _log_is_in_order() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, occurred_at, name FROM audit_event ORDER BY xid, id")
        rows = cursor.fetchall()
    seeded = rows[next(i for i, row in enumerate(rows) if row[2].startswith("ops.sample")) :]
    times = [row[1] for row in seeded]
    assert times == sorted(times)
    since = clock.now() - timedelta(days=365)
    months = Counter(at.strftime("%Y-%m") for _, at, _ in rows if at > since)
    assert len(months) >= 12
    marks = LogEvent.objects.filter(name="ops.sample.grown").order_by("id")
    facts = [json.loads(row.facts) if isinstance(row.facts, str) else row.facts for row in marks]
    assert [fact["part"] for fact in facts] == list(range(1, 29))


def _nothing_can_be_abused() -> None:
    assert Password.objects.count() == len(CAST)
    assert not Mail.objects.filter(body__isnull=False).exists()


def _the_demo_has_work_to_do(actor_for: ActorFor) -> None:
    waiting = queue_for(actor_for("verifikator"), QueueFilters()).rows
    assert len(waiting) >= 3
    assert all(row.due_at > clock.now() for row in waiting)
    above = queue_for(actor_for("admin"), QueueFilters()).rows
    assert any(row.late for row in above)


def _again_makes_nothing_new() -> None:
    before = LogEvent.objects.count()
    assert command.grow(FEWEST) == 0
    assert LogEvent.objects.count() == before
