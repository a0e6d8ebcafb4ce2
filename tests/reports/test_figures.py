"""Figures against stories counted by hand, and whose figures somebody gets to see."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from gapura.access.models import AccessRequest, Grant
from gapura.accounts.models import Person
from gapura.audit.services import Subject, record
from gapura.authentication.events import SIGN_IN_FAILED, SIGNED_IN
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from gapura.organizations.models import Agency, Unit
from gapura.reports.errors import NoSuchPlace
from gapura.reports.models import KeptFigures, SignInDay
from gapura.reports.queries.figures import (
    ACCESS,
    ORDERS,
    SIGN_INS,
    board,
    last_days,
    scope_for,
)
from gapura.reports.rules.pictures import Picture, kept, opened
from gapura.reports.services.counting import count_sign_ins, keep_figures
from tests.access import world
from tests.authentication import world as people
from tests.purchasing import shop as market
from tests.web.people import holder

pytestmark = pytest.mark.django_db
COUNTER = system_actor("figures")


@pytest.fixture(autouse=True)
def _places() -> None:
    market.places()


def _see(actor: Actor, page: str, **more: Any) -> dict[str, Picture]:
    found = board(actor, page, days=30, **more)
    return {picture.code: picture for picture in found.pictures}


def _acting(role: str, place: str = "") -> Actor:
    return world.actor(holder(role, place))


def _request(hours: int, agency: str = "T1", state: str = "submitted") -> None:
    """One that was sent so many hours ago, from somebody new."""
    now, person = clock.now(), people.person(kind="pns", agency=agency)
    sent = now - timedelta(hours=hours)
    taken = {"claimed_by": people.person(), "claimed_at": now} if state == "in_review" else {}
    AccessRequest.objects.create(
        person=person, role="ppk", agency_id=agency, unit_id=f"{agency}.1", state=state,
        reference=uuid7().hex[-14:], level="agency", created_at=sent, submitted_at=sent,
        due_at=sent + timedelta(hours=72), **taken,
    )  # fmt: skip


def _sign_in(at: datetime, agency: str = "T1", event: Any = SIGNED_IN) -> None:
    facts: dict[str, Any] = {"acr": 2, "methods": ["totp"], "new_device": False}
    if event is SIGN_IN_FAILED:
        facts = {"reason": "password", "step": "password"}
    with clock.frozen(at):
        record(Actor(), event, Subject("person", "x", "x"), facts=facts, agency=agency)


def test_the_funnel_counts_how_far_people_came() -> None:
    admin = _acting("admin_platform")
    before = _see(admin, ACCESS)["funnel"]
    people.person(state="registered")
    people.person(state="contact_verified")
    old = people.person()
    Person.objects.filter(pk=old.pk).update(created_at=clock.now() - timedelta(days=31))
    holder("ppk")
    found = _see(admin, ACCESS)["funnel"]
    gained = [
        after.values[0] - first.values[0]
        for first, after in zip(before.rows, found.rows, strict=True)
    ]
    # Registered: three of them in the period; one has a role, which was given without asking.
    assert gained == [3, 2, 1, 0, 1, 1]


def test_the_queue_is_counted_by_age_and_state() -> None:
    admin = _acting("admin_instansi")
    for hours, state in ((1, "submitted"), (23, "in_review"), (30, "submitted"), (80, "submitted")):
        _request(hours, state=state)
    _request(5, agency="T2")
    found = _see(admin, ACCESS)["queue"]
    assert [row.values for row in found.rows] == [(1, 1), (1, 0), (0, 0), (1, 0)]
    assert dict(found.numbers) == {"late": 1, "waiting": 4}


def test_ends_of_access_and_second_factors_are_counted_by_role() -> None:
    admin = _acting("admin_instansi")
    for days in (10, 45, 46, 89, 120):
        person = holder("bendahara")
        last = clock.today() + timedelta(days=days)
        grant = Grant.objects.get(person=person)
        grant.valid = type(grant.valid)(grant.valid.lower, last + timedelta(days=1))
        grant.save(update_fields=["valid"])
    people.with_app(person)
    found = _see(admin, ACCESS)
    treasurers = next(row for row in found["ending"].rows if "Bendahara" in row.label)
    assert treasurers.values == (1, 2, 1)
    treasurers = next(row for row in found["factors"].rows if "Bendahara" in row.label)
    assert treasurers.values == (0, 1, 4)


def test_sign_ins_stand_at_the_hour_of_their_agencys_own_zone() -> None:
    """01:30 UTC is 08:30 WIB at T1 and, with its first unit there, 10:30 WIT at T2."""
    Unit.objects.filter(agency="T2").update(zone="Asia/Jayapura")
    day = clock.now().replace(hour=1, minute=30, second=0, microsecond=0) - timedelta(days=3)
    for agency in ("T1", "T1", "T2"):
        _sign_in(day, agency)
    _sign_in(day, "T1", SIGN_IN_FAILED)
    _sign_in(day - timedelta(days=60), "T1")
    count_sign_ins(actor=COUNTER)
    count_sign_ins(actor=COUNTER)
    found = _see(_acting("admin_platform"), SIGN_INS)
    zones = {row.label: row.values for row in found["hours"].rows}
    assert (zones["WIB"][8], zones["WIT"][10], sum(zones["WITA"])) == (2, 1, 0)
    assert sum(zones["WIB"]) + sum(zones["WIT"]) == 3
    lines = found["sign_ins"].rows
    assert [sum(row.values[at] for row in lines) for at in (0, 1)] == [3, 1]
    own = _see(_acting("apip"), SIGN_INS)
    assert sum(sum(row.values) for row in own["hours"].rows) == 2


def test_a_recount_replaces_what_was_counted() -> None:
    _sign_in(clock.now() - timedelta(hours=1))
    count_sign_ins(actor=COUNTER)
    SignInDay.objects.update(hours=[9] * 24)
    count_sign_ins(actor=COUNTER)
    assert {sum(row.hours) for row in SignInDay.objects.all()} == {1}
    with pytest.raises(Refused):
        count_sign_ins(actor=_acting("admin_platform"))


def test_orders_are_counted_by_state_and_value_without_drafts() -> None:
    shop = market.opened()
    shop.draft()
    shop.until("approve", quantity=3)
    shop.until("approve", quantity=1)
    found = _see(_acting("apip"), ORDERS)
    assert [row.values for row in found["order_states"].rows] == [(2,)]
    # Four pieces of Rp1,000,000 with PPN of 12 % on 11/12.
    assert found["order_values"].numbers["value"] == 4_440_000
    assert sum(row.values[0] for row in found["order_months"].rows) == 4_440_000
    stranger = _see(_acting("apip", "T2"), ORDERS)
    assert stranger["order_values"].numbers["value"] == 0


def test_an_agency_is_shown_its_own_figures_and_no_other() -> None:
    for role in ("admin_instansi", "apip"):
        actor = _acting(role)
        assert scope_for(actor).agencies == ("T1",)
        assert scope_for(actor, agency="T1").agencies == ("T1",)
        for asked in ({"agency": "T2"}, {"group": "ministry"}, {"agency": "NONE"}):
            with pytest.raises(NoSuchPlace):
                scope_for(actor, **asked)
        assert board(actor, ACCESS, days=30).places == ()
    for role in ("ppk", "verifikator", "helpdesk"):
        with pytest.raises(Refused):
            scope_for(_acting(role))


def test_the_platform_looks_closer_at_groups_and_agencies() -> None:
    admin = _acting("admin_platform")
    _request(1)
    _request(90, agency="T2")
    found = board(admin, ACCESS, days=30)
    ministries = next(place for place in found.places if place.code == "ministry")
    assert (ministries.waiting, ministries.late) == (2, 1)
    inside = board(admin, ACCESS, days=30, group="ministry")
    counts = {place.code: (place.waiting, place.late) for place in inside.places}
    assert (counts["T1"], counts["T2"]) == ((1, 0), (1, 1))
    assert _see(admin, ACCESS, agency="T2")["queue"].numbers["waiting"] == 1
    for asked in ({"agency": "NONE"}, {"group": "province-99"}, {"group": "x"}):
        with pytest.raises(NoSuchPlace):
            board(admin, ACCESS, days=30, **asked)


def test_the_platforms_pictures_are_kept_for_a_while() -> None:
    admin = _acting("admin_platform")
    keep_figures(actor=COUNTER)
    first = board(admin, ACCESS, days=30)
    _request(1)
    assert board(admin, ACCESS, days=30).pictures == first.pictures
    assert opened(kept(first.pictures)) == first.pictures
    KeptFigures.objects.update(at=clock.now() - timedelta(hours=1))
    assert board(admin, ACCESS, days=30).pictures != first.pictures


def test_days_begin_at_midnight_of_their_zone() -> None:
    with clock.frozen(datetime(2026, 11, 22, 20, 0, tzinfo=UTC)):
        span = last_days(30, "Asia/Jayapura")
        assert (span.first.isoformat(), span.last.isoformat()) == ("2026-10-25", "2026-11-23")
        assert span.end.astimezone(UTC) == datetime(2026, 11, 23, 15, tzinfo=UTC)


def test_an_agency_without_units_has_jakartas_days() -> None:
    Agency.objects.create(code="T9", name="Without units", kind="ministry")
    scope = scope_for(_acting("admin_platform"), agency="T9")
    assert (scope.zone, scope.name) == (clock.JAKARTA, "Without units")
