"""The sample data: every state there is, made once, in order, and going on where it stopped."""

import json
from argparse import Namespace
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum

from gapura.access.models import AccessRequest, Grant
from gapura.access.queries import GRANT, REQUEST, queue_for
from gapura.access.queries.views import QueueFilters
from gapura.accounts.models import Person
from gapura.accounts.queries import check_identity
from gapura.accounts.states import STATES
from gapura.audit.models import LogEvent
from gapura.authentication.models import Password
from gapura.catalog.models import (
    Choice,
    Claim,
    PricePoint,
    Product,
    ProductVersion,
    Reservation,
)
from gapura.catalog.states import CLAIM, PRODUCT, VERSION
from gapura.helpdesk.models import Case
from gapura.kernel import clock
from gapura.notifications.models import Mail
from gapura.ops import seed as command
from gapura.ops.seeding.cast import ABROAD, CAST, COMPANY, HEALTH
from gapura.ops.seeding.doing import VERBS, carry_out
from gapura.ops.seeding.doing.world import World
from gapura.ops.seeding.goods import USUAL as GOODS
from gapura.ops.seeding.plan import FEWEST, USUAL, make_plan
from gapura.ops.seeding.rounds import Round
from gapura.ops.trouble import Trouble
from gapura.purchasing.models import Delivery, Order, Signature
from gapura.purchasing.states import DELIVERY, ORDER, WAITING
from tests.personas import ActorFor, Personas

ANCHOR = datetime(2026, 11, 18, 3, 0, tzinfo=UTC)
# Products that the personas' company types in one by one.
HAND_MADE = 5
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


@pytest.mark.parametrize("accounts", [FEWEST, USUAL])
def test_the_outsiders_agency_buys_something_too(personas: Personas, accounts: int) -> None:
    """Else it would show nothing that nobody at home sees its orders."""
    bought = [
        deed.values["purchase"]
        for part in make_plan(ANCHOR, accounts).rounds
        for deed in part.deeds
        if deed.verb == "purchase" and deed.who == "luar"
    ]
    assert len(bought) == 3
    assert {one.team.agency for one in bought} == {ABROAD}
    assert {one.steps[-1].verb for one in bought} == {"draft", "sign", "ship"}


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
    _the_catalog_is_full()
    _orders_are_everywhere()
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
    assert Choice.objects.exists()
    assert set(Case.objects.values_list("state", flat=True)) == {"open", "answered", "closed"}


def _the_catalog_is_full() -> None:
    assert Product.objects.count() == round(GOODS * FEWEST / USUAL) + HAND_MADE
    assert set(Product.objects.values_list("state", flat=True)) == set(PRODUCT.states)
    assert set(ProductVersion.objects.values_list("state", flat=True)) == set(VERSION.states)
    assert set(Claim.objects.values_list("state", flat=True)) == set(CLAIM.states)
    assert Claim.objects.filter(state="verified", valid_to__lt=clock.today()).exists()
    assert Product.objects.filter(company=COMPANY, state="listed").exists()
    assert PricePoint.objects.filter(previous__isnull=False).exists()
    shown = Product.objects.filter(state="listed", current__pictures__isnull=True)
    assert not shown.exists()


def _orders_are_everywhere() -> None:
    """All states of orders and of deliveries, at the demo's own unit and company as well."""
    for some in ({}, {"unit": HEALTH}, {"company": COMPANY}):
        orders = Order.objects.filter(**some)
        assert set(orders.values_list("state", flat=True)) == set(ORDER.states)
        ways = Delivery.objects.filter(order__in=orders)
        assert set(ways.values_list("state", flat=True)) == set(DELIVERY.states)
    assert Order.objects.filter(agency=ABROAD, buyer__username="luar").count() == 3
    late = Order.objects.filter(state__in=WAITING, due_at__lte=clock.now())
    assert not late.exists()
    signed = Order.objects.filter(sent_at__isnull=False)
    assert signed.count() == Signature.objects.filter(document__kind="sp", side="buyer").count()
    assert not Order.objects.filter(buyer_role="pp", total__gt=200_000_000).exists()
    _no_piece_is_lost()


def _no_piece_is_lost() -> None:
    """What is reserved is held by open reservations, and what ended holds nothing."""
    held = Reservation.objects.filter(closed_at__isnull=True)
    pieces = held.aggregate(sum=Sum("quantity"))["sum"]
    assert Product.objects.aggregate(sum=Sum("stock_reserved"))["sum"] == pieces
    over = Order.objects.filter(state__in=ORDER.ends).values("id")
    assert not held.filter(order__in=over).exists()


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
