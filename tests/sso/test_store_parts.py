"""Partitions: there before they are needed, dropped as a whole, and nothing is lost between."""

from datetime import date, timedelta

import pytest
from django.db import connection

from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.sso import store
from gapura.sso.models import Authorization, Code, LogoutDelivery, Refresh
from gapura.sso.parts import DAILY, MONTHLY, drop_past, make_ahead, parts_here
from gapura.sso.services import tidy
from tests.authentication.world import at_once, later
from tests.sso.world import (
    Signs,
    ago,
    authorization,
    client,
    new_code,
    new_refresh,
    read,
    session,
)

pytestmark = pytest.mark.django_db
TIDYING = system_actor("tidying")
fresh = Signs()


def _rest(table: str) -> int:
    """Rows that lie in no partition of their own."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}_other")
        return int((cursor.fetchone() or (0,))[0])


def _days(table: str) -> list[date]:
    return [part.first for part in parts_here() if part.parent == table]


def test_the_days_and_months_to_come_have_their_partitions() -> None:
    today = clock.now().date()
    make_ahead(clock.now())
    for table in DAILY:
        assert {today + timedelta(days=n) for n in range(4)} <= set(_days(table))
    assert today.replace(day=1) in _days(MONTHLY)
    assert len([day for day in _days(MONTHLY) if day >= today.replace(day=1)]) >= 4
    assert make_ahead(clock.now()) == 0, "made twice"


def test_what_was_issued_lies_in_its_partition() -> None:
    make_ahead(clock.now())
    given = authorization()
    store.apply([new_code(given, fresh)[1], new_refresh(given, fresh)[1]])
    assert (Code.objects.count(), Refresh.objects.count()) == (1, 1)
    assert (_rest("sso_code"), _rest("sso_refresh")) == (0, 0)


def test_a_worker_that_stood_still_for_weeks_stops_no_sign_in() -> None:
    """Nobody made partitions: what comes lies in the rest, and is taken over later."""
    with later(days=200):
        given = authorization()
        handle, code = new_code(given, fresh)
        store.apply([code])
        assert _rest("sso_code") == 1
        assert read(code=handle).code is not None
        assert make_ahead(clock.now()) > 0
        assert _rest("sso_code") == 0
        assert read(code=handle).code is not None


def test_what_is_over_is_dropped_and_what_is_not_stays() -> None:
    given = authorization(offline=True)
    (code, first), (refresh, second) = new_code(given, fresh), new_refresh(given, fresh)
    store.apply([first, second])
    today = clock.now().date()
    with later(days=2):
        assert drop_past(clock.now()) > 0
        assert today not in _days("sso_code")
        assert read(code=code).code is None
        assert read(refresh=refresh).refresh is not None
        assert drop_past(clock.now()) == 0, "dropped twice"
    with later(days=63):
        drop_past(clock.now())
        assert read(refresh=refresh).refresh is None


def test_the_last_day_of_a_month_is_not_dropped_with_it_too_early() -> None:
    """A refresh token works to its last minute, whatever the partition's first day is."""
    handle, new = new_refresh(authorization(offline=True), fresh)
    store.apply([new])
    with later(days=29, hours=23):
        make_ahead(clock.now())
        drop_past(clock.now())
        assert read(refresh=handle).refresh is not None


def test_old_rows_of_the_rest_go_too() -> None:
    with later(days=200):
        store.apply([new_code(authorization(), fresh)[1]])
    with later(days=203):
        drop_past(clock.now())
        assert _rest("sso_code") == 0


def test_authorizations_that_cannot_work_any_more_are_forgotten() -> None:
    gone = [
        authorization(created_at=ago(days=31)),
        authorization(created_at=ago(days=31), offline=True, ended_at=ago(days=31)),
        authorization(created_at=ago(days=121), offline=True),
    ]
    kept = [
        authorization(),
        authorization(created_at=ago(days=89), offline=True),
        authorization(created_at=ago(days=31), offline=True, ended_at=ago(days=1)),
    ]
    assert tidy(actor=TIDYING).rows == len(gone)
    assert set(Authorization.objects.all()) == set(kept)


def test_old_messages_go_and_waiting_ones_stay() -> None:
    app, made = client(), ago(days=100)
    for n, done in enumerate(({"delivered_at": made}, {"dead_at": made}, {"next_at": made})):
        inside = session(authorization().person).id
        LogoutDelivery.objects.create(
            client=app, person=authorization().person_id, session=inside, sid=str(n), subject="s",
            why="signed_out", made_at=made, **done,
        )  # fmt: skip
    tidy(actor=TIDYING)
    assert LogoutDelivery.objects.get().next_at is not None


def test_only_the_system_tidies() -> None:
    with pytest.raises(Refused):
        tidy(actor=Actor())


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_each_partition_once() -> None:
    with later(days=400):
        at = clock.now()
        answers = at_once(2, lambda _: make_ahead(at))
    # 4 tables of 4 days, 1 of 4 months.
    assert sum(int(str(one)) for one in answers) == 20
    with later(days=410):
        drop_past(clock.now())
    # For whoever uses this database next.
    make_ahead(clock.now())
