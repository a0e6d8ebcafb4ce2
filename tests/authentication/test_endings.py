"""Whoever listens hears of each ended sign-in, in the transaction in which it ended."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection

from gapura.accounts.services import close_person, suspend_person
from gapura.authentication import endings, services
from gapura.authentication.models import Session
from gapura.kernel.actor import system_actor
from tests.authentication.world import SYSTEM, Browser, app_code, person, with_app
from tests.sessions import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The persons that one listener was told of, each inside a transaction."""
    told: list[UUID] = []

    def ear(of: UUID) -> None:
        assert connection.in_atomic_block
        told.append(of)

    monkeypatch.setattr(endings, "_ears", [ear])
    return told


@pytest.mark.parametrize(
    "end",
    [
        services.sign_out,
        services.sign_out_everywhere,
    ],
)
def test_signing_out_is_heard(end: Callable[..., object], heard: list[UUID]) -> None:
    someone = person()
    end(actor=acting(someone))
    assert heard == [someone.id]


def test_ending_one_or_all_others_is_heard(heard: list[UUID]) -> None:
    someone = person()
    other, here = acting(someone), acting(someone)
    assert other.session
    services.end_session(actor=here, session=other.session)
    acting(someone)
    services.end_other_sessions(actor=here)
    assert heard == [someone.id] * 2


def test_nothing_is_heard_when_nothing_ended(heard: list[UUID]) -> None:
    here = acting(person())
    services.end_other_sessions(actor=here)
    assert heard == []


def test_a_lock_is_heard(heard: list[UUID]) -> None:
    someone = person()
    acting(someone)
    services.lock_account(actor=SYSTEM, person=someone.id, why="desk", reason="x" * 20)
    assert heard == [someone.id]


@pytest.mark.parametrize("end", [suspend_person, close_person])
def test_an_account_that_lets_nobody_in_any_more_is_heard(
    end: Callable[..., object], heard: list[UUID]
) -> None:
    someone = person()
    end(actor=system_actor("tests"), person_id=someone.id, reason="Sudah tidak bertugas.")
    assert heard == [someone.id]


def test_the_oldest_of_too_many_sign_ins_is_heard(heard: list[UUID]) -> None:
    someone = person()
    secret = with_app(someone)
    for _ in range(20):
        acting(someone)
    browser = Browser()
    browser.begin(someone.username)
    browser.finish(app_code(secret, steps=1))
    assert Session.objects.filter(person=someone, end_reason="too_many").exists()
    assert someone.id in heard


def test_a_listener_is_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(endings, "_ears", [])
    told: list[UUID] = []
    services.hear_endings(told.append)
    services.hear_endings(told.append)
    services.sign_out_everywhere(actor=acting(person()))
    assert len(told) == 1
