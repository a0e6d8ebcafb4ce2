"""Signing keys: made by themselves, published before they sign, taking turns without a gap."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from gapura.audit.models import LogEvent
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.sso.errors import NoSuchKey, StillSigning
from gapura.sso.key_times import AFTER, AHEAD, TURN
from gapura.sso.models import SigningKey
from gapura.sso.queries import keys_of, ring
from gapura.sso.services import ensure_keys, retire_key, rotate_keys, tend_keys
from tests.authentication.world import at_once, later

pytestmark = pytest.mark.django_db
KEYS = system_actor("keys")
ALL = {"ES256", "PS256", "RS256"}
AT = "at+jwt"


def _kids(alg: str = "ES256") -> dict[str, str]:
    rows = SigningKey.objects.filter(alg=alg).exclude(state="retired")
    return {row.state: row.kid for row in rows}


def _published() -> set[str]:
    return {key["kid"] for key in json.loads(ring().jwks())["keys"]}


def test_one_key_of_each_algorithm_is_made_and_signs_at_once() -> None:
    assert ensure_keys(actor=KEYS) == 3
    found = ring()
    for alg in ALL:
        token = found.sign({"sub": "x"}, typ=AT, algorithm=alg)
        assert found.verify(token, typ={AT})["sub"] == "x"
    assert ensure_keys(actor=KEYS) == 0


def test_a_key_is_sealed_at_rest() -> None:
    """A stolen backup must not sign."""
    ensure_keys(actor=KEYS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT private, public::text FROM sso_signing_key WHERE alg = 'ES256'")
        private, public = cursor.fetchone() or (b"", "")
    told = SigningKey.objects.get(alg="ES256").private
    assert told is not None
    assert told.encode() not in bytes(private)
    assert "d" not in json.loads(public)


def test_the_key_set_tells_nothing_private() -> None:
    ensure_keys(actor=KEYS)
    private = {"d", "p", "q", "dp", "dq", "qi"}
    keys: list[dict[str, Any]] = json.loads(ring().jwks())["keys"]
    assert {key["alg"] for key in keys} == ALL
    assert [key for key in keys if private & set(key)] == []


def test_a_successor_is_published_a_day_before_it_signs() -> None:
    """Clients remember the key set: one that cannot have read it must not meet the key (D36)."""
    ensure_keys(actor=KEYS)
    first = _kids()["current"]
    with later(seconds=(TURN - AHEAD).total_seconds() - 60):
        assert tend_keys(actor=KEYS) == 0
    with later(seconds=(TURN - AHEAD).total_seconds()):
        assert tend_keys(actor=KEYS) == 3
        assert _kids()["current"] == first
        assert {first, _kids()["next"]} <= _published()
        assert tend_keys(actor=KEYS) == 0
    with later(seconds=TURN.total_seconds() + 1):
        following = _kids()["next"]
        assert tend_keys(actor=KEYS) == 3
        assert _kids() == {"current": following, "past": first}


def test_what_a_relieved_key_signed_is_good_until_it_is_over() -> None:
    ensure_keys(actor=KEYS)
    token = ring().sign({"sub": "x"}, typ=AT)
    rotate_keys(actor=KEYS, alg="ES256", at_once=True)
    assert ring().verify(token, typ={AT})["sub"] == "x"
    with later(seconds=AFTER.total_seconds() - 60):
        tend_keys(actor=KEYS)
        assert "past" in _kids()
    with later(seconds=AFTER.total_seconds()):
        assert tend_keys(actor=KEYS) == 1
        assert set(_kids()) == {"current"}
        assert SigningKey.objects.get(state="retired").private is None


def test_a_rotation_that_is_asked_for_waits_a_day_too() -> None:
    ensure_keys(actor=KEYS)
    first = _kids()["current"]
    assert rotate_keys(actor=KEYS, alg="ES256") == 1
    assert rotate_keys(actor=KEYS, alg="ES256") == 0, "one is under way"
    assert _kids()["current"] == first
    with later(hours=24):
        tend_keys(actor=KEYS)
        assert _kids()["past"] == first


def test_a_leaked_key_is_out_at_once() -> None:
    ensure_keys(actor=KEYS)
    leaked, token = _kids()["current"], ring().sign({"sub": "x"}, typ=AT)
    with pytest.raises(StillSigning):
        retire_key(actor=KEYS, kid=leaked)
    rotate_keys(actor=KEYS, alg="ES256", at_once=True, why="leaked")
    retire_key(actor=KEYS, kid=leaked, why="leaked")
    assert leaked not in _published()
    with pytest.raises(Exception, match="kid"):
        ring().verify(token, typ={AT})
    with pytest.raises(NoSuchKey):
        retire_key(actor=KEYS, kid=leaked)


def test_each_step_of_a_key_is_in_the_log() -> None:
    ensure_keys(actor=KEYS)
    rotate_keys(actor=KEYS, alg="ES256", at_once=True)
    retire_key(actor=KEYS, kid=_kids()["past"])
    names = LogEvent.objects.filter(name__startswith="sso.key.").order_by("id")
    told = [row.name.rsplit(".", 1)[1] for row in names]
    assert told.count("made") == 4
    assert told[-4:] == ["made", "rotated", "rotated", "retired"]


def test_nobody_else_touches_keys() -> None:
    for act in (ensure_keys, tend_keys, rotate_keys):
        with pytest.raises(Refused):
            act(actor=Actor())
    with pytest.raises(Refused):
        keys_of(Actor())


def test_the_list_of_keys_says_when_the_next_one_signs() -> None:
    ensure_keys(actor=KEYS)
    rotate_keys(actor=KEYS, alg="ES256")
    (following,) = [key for key in keys_of(KEYS) if key.state == "next"]
    assert following.turn == following.made_at + timedelta(hours=24)
    assert following.turn > clock.now()


@pytest.mark.django_db(transaction=True)
def test_many_that_start_at_once_make_one_key_each() -> None:
    """Three processes on an empty database."""
    answers = at_once(3, lambda _: ensure_keys(actor=KEYS))
    assert sorted(map(str, answers)) == ["0", "0", "3"]
    assert SigningKey.objects.filter(state="current").count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_rotations_at_once_are_one() -> None:
    ensure_keys(actor=KEYS)

    def rotate(_: int) -> int:
        with transaction.atomic():
            return rotate_keys(actor=KEYS, alg="ES256")

    assert sorted(map(str, at_once(2, rotate))) == ["0", "1"]
    assert SigningKey.objects.filter(alg="ES256").count() == 2
