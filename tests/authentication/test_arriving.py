"""What comes in between the steps of a sign-in, while it reads and writes all at once."""

from collections.abc import Callable

import pytest
from django.db import connection

from gapura.accounts.queries import Brief, brief_for_sign_in, person_for_sign_in
from gapura.authentication import services
from gapura.authentication.errors import FlowOver, WrongCredentials
from gapura.authentication.methods import password as passwords
from gapura.authentication.methods.password import Checked
from gapura.authentication.models import Device, Hold, Session
from gapura.authentication.queries.arriving import begun_behind_the_lock
from gapura.authentication.rules import GUARDS, network
from gapura.authentication.services import holds
from gapura.authentication.services.holds import Key
from gapura.kernel.throttle import TooMany
from tests.authentication.world import (
    PASSWORD,
    SYSTEM,
    Browser,
    app_code,
    later,
    mailed_code,
    person,
    with_app,
)

pytestmark = pytest.mark.django_db


def meanwhile(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Let something happen while a password is hashed."""
    compare = passwords.compare

    def slowly(kept: str | None, text: str) -> Checked:
        checked = compare(kept, text)
        act()
        return checked

    monkeypatch.setattr(passwords, "compare", slowly)


def _fail(key: Key) -> None:
    for _ in range(key.guard.free):
        holds.fail(key)


def test_failures_while_a_password_is_hashed_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: send a thousand guesses at once, so that all are asked before any has failed."""
    someone, here = person(), Browser()
    with_app(someone)
    near = Key(GUARDS["here"], f"{someone.username}|{network(here.ip)}")
    meanwhile(monkeypatch, lambda: _fail(near))
    with pytest.raises(TooMany):
        here.begin(someone.username)
    assert not Session.objects.filter(person=someone).exists()
    assert Hold.objects.get(key=near.hashed).failures == near.guard.free


def test_so_do_those_of_strangers(monkeypatch: pytest.MonkeyPatch) -> None:
    someone, here = person(), Browser()
    with_app(someone)
    name = Key(GUARDS["name"], someone.username)
    meanwhile(monkeypatch, lambda: _fail(name))
    with pytest.raises((TooMany, WrongCredentials)):
        here.begin(someone.username)
    assert not Session.objects.filter(person=someone).exists()


def test_a_right_password_forgives_and_ends_what_was_open_here() -> None:
    someone, here = person(), Browser()
    with_app(someone)
    first = here.begin(someone.username)
    with pytest.raises(WrongCredentials):
        Browser().begin(someone.username, "not the password at all")
    assert Hold.objects.count() == 4
    second = here.begin(someone.username)
    assert Session.objects.get(pk=first.session).end_reason == "replaced"
    row = Session.objects.get(pk=second.session)
    assert (row.acr, row.person_id, row.ended_at, row.ip) == (0, someone.id, None, here.ip)
    # The address keeps its failures: its owner could sign in as somebody else in between.
    assert Hold.objects.count() == 1


def test_the_row_is_that_of_the_careful_way() -> None:
    """One is written by the ORM, the other by one statement."""
    rows = []
    for make in (with_app, lambda _: None):
        someone, here = person(), Browser()
        make(someone)
        begun = here.begin(someone.username)
        rows.append(Session.objects.filter(pk=begun.session).values().get())
    own = {"id", "token_hash", "person_id", "flow", "created_at", "last_seen_at"}
    plain = [{name: value for name, value in row.items() if name not in own} for row in rows]
    assert plain[0] == plain[1]


def test_a_lock_between_the_steps_turns_away() -> None:
    someone, here = person(), Browser()
    secret = with_app(someone)
    here.begin(someone.username)
    services.lock_account(actor=SYSTEM, person=someone.id, why="not_me")
    with pytest.raises(FlowOver):
        services.finish_sign_in(actor=here.actor, code=app_code(secret))
    again = here.begin(someone.username)
    assert here.finish(app_code(secret)).step == "turned_away"
    assert Session.objects.get(pk=again.session).acr == 0


def test_an_ended_session_is_not_begun() -> None:
    someone, here = person(), Browser()
    begun = here.begin(someone.username)
    found = begun_behind_the_lock(begun.session)
    assert found is not None
    assert found.person == Brief.of(someone)
    Session.objects.filter(pk=begun.session).update(ended_at=found.row.created_at)
    assert begun_behind_the_lock(begun.session) is None


def test_the_account_is_held_until_the_transaction_ends() -> None:
    someone, here = person(), Browser()
    begun_behind_the_lock(here.begin(someone.username).session)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")
        assert cursor.fetchone() == (1,)


def test_a_known_device_was_seen_now() -> None:
    someone, here = person(), Browser()
    secret = with_app(someone)
    here.sign_in(someone, secret)
    with later(hours=1):
        here.sign_in(someone, secret)
        device = Device.objects.get(person=someone)
        session = Session.objects.filter(person=someone, acr=2).latest("signed_in_at")
        assert device.last_seen_at == session.signed_in_at
        assert session.device_id == device.id


def test_both_ways_to_look_for_a_name_find_the_same() -> None:
    first, second = person(), person("registered", email="rara.dua@example.go.id")
    closed = person("closed")
    names = [
        *(text for one in (first, second, closed) for text in (one.username, one.email.upper())),
        "nobody99", "nobody99@example.go.id", "@", "", "rara\0", "a b",
    ]  # fmt: skip
    for name in names:
        whole, brief = person_for_sign_in(name.lower()), brief_for_sign_in(name.lower())
        assert brief == (Brief.of(whole) if whole else None)


def test_a_code_by_mail_still_signs_in() -> None:
    someone, here = person(), Browser()
    here.begin(someone.username, PASSWORD)
    assert here.finish(mailed_code(someone)).acr == 1
