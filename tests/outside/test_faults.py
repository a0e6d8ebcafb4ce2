"""Authorities that misbehave: nothing is learned, nothing crashes, and never a wrong answer."""

import socket
import time
from datetime import date
from unittest import mock

import pytest
from django.db import connection, transaction
from django.test import override_settings

from gapura.config.settings import Endpoint
from gapura.kernel.encryption import lookup
from gapura.kernel.problems import Busy
from gapura.ops.postgres import free_port
from gapura.outside import asking, queries, services
from gapura.outside.errors import AuthorityDown, InsideTransaction
from gapura.outside.models import Check
from gapura.outside.reading import Answer
from gapura.outside.services import About
from tests.outside.test_checks import GOOD, business, identity
from tests.simulator import Authorities, connected

pytestmark = pytest.mark.django_db

BAD = {
    "late": "timeout",
    "drip": "timeout",
    "down": "unavailable",
    "broken": "unavailable",
    "wrong": "nonsense",
    "garbage": "nonsense",
    "html": "nonsense",
    "redirect": "nonsense",
    "huge": "nonsense",
    "stale": "nonsense",
    "drop": "broken",
    "refuse": "refused",
    "puzzled": "rejected",
}


# In the order of GOOD.
ASKED = ("registry", "oss", "tax", "blacklist", "messages", "sirup")


@pytest.mark.parametrize("mode", BAD)
def test_no_answer_is_no_answer(authorities: Authorities, mode: str) -> None:
    authorities.mode("oss", mode)
    began = time.monotonic()
    hurried = override_settings(OUTSIDE_TIMEOUT_SECONDS=0.7)
    with hurried, pytest.raises(AuthorityDown) as down:
        business()
    assert time.monotonic() - began < 5
    assert (down.value.authority, down.value.fault) == ("oss", BAD[mode])
    assert Check.objects.get().outcome == BAD[mode]
    assert Check.objects.get().result_hash == ""


@pytest.mark.parametrize("authority", ASKED)
@pytest.mark.parametrize("mode", ["wrong", "stale", "garbage"])
def test_nonsense_of_any_authority_is_never_taken_for_an_answer(
    authorities: Authorities, authority: str, mode: str
) -> None:
    """A truthy "yes", a status nobody agreed on, an answer to another question."""
    authorities.mode(authority, mode)
    functions = dict(zip(ASKED, GOOD, strict=True))
    function = functions[authority]
    with pytest.raises(AuthorityDown) as down:
        function(**GOOD[function])
    assert down.value.authority == authority


@pytest.mark.parametrize("mode", ["up", "slow", "twice"])
def test_slow_and_double_answers_are_one_answer(authorities: Authorities, mode: str) -> None:
    """One connection a question: the second answer can't be read as the next one's."""
    authorities.mode("registry", mode)
    assert identity("0001").fields["name"]
    assert not identity("9999").fields["name"]
    assert not Check.objects.filter(reference="SECOND").exists()


def test_the_refusal_says_who_and_when_to_come_back(authorities: Authorities) -> None:
    authorities.mode("registry", "down")
    with pytest.raises(AuthorityDown) as down:
        identity()
    assert isinstance(down.value, Busy)
    assert down.value.status == 503
    assert 0 < down.value.retry_after == down.value.seconds <= 60
    assert "civil registry" in down.value.what
    assert "%(minutes)s" in down.value.todo
    assert down.value.values["minutes"] == 1


def test_a_passing_failure_is_asked_again_once(authorities: Authorities) -> None:
    authorities.mode("oss", "down")
    before = authorities.counts()["oss"]
    with pytest.raises(AuthorityDown):
        business()
    assert authorities.counts()["oss"] == before + 2


@pytest.mark.parametrize("mode", ["wrong", "refuse", "redirect", "broken", "html"])
def test_what_will_not_pass_is_not_asked_again(authorities: Authorities, mode: str) -> None:
    authorities.mode("oss", mode)
    before = authorities.counts()["oss"]
    with pytest.raises(AuthorityDown):
        business()
    assert authorities.counts()["oss"] == before + 1


def test_a_message_whose_answer_was_lost_is_sent_once(authorities: Authorities) -> None:
    phone, key = "+628123450002", "lost-answer"
    message = {"phone": phone, "channel": "sms", "text": "Kode", "key": key}
    authorities.mode("messages", "drop")
    with pytest.raises(AuthorityDown):
        services.send_message(**message)
    authorities.recovered()
    services.send_message(**message)
    assert len(authorities.sent(phone)) == 1


def test_an_authority_nobody_listens_for_is_down(authorities: Authorities) -> None:
    nobody = connected(oss=Endpoint(f"http://127.0.0.1:{free_port()}", "x"))
    with nobody, pytest.raises(AuthorityDown) as down:
        business()
    assert down.value.fault == "unreachable"


def test_one_that_accepts_and_says_nothing_is_down(authorities: Authorities) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        there = connected(oss=Endpoint(f"http://127.0.0.1:{mute.getsockname()[1]}", "x"))
        hurried = override_settings(OUTSIDE_TIMEOUT_SECONDS=0.5)
        with there, hurried, pytest.raises(AuthorityDown) as down:
            business()
    assert down.value.fault == "timeout"


def test_a_wrong_token_is_refused(authorities: Authorities) -> None:
    stolen = connected(oss=Endpoint(f"{authorities.url}/oss", "stolen"))
    with stolen, pytest.raises(AuthorityDown) as down:
        business()
    assert down.value.fault == "refused"


@pytest.mark.parametrize("function", GOOD)
def test_without_any_authority_each_question_says_so(function: object) -> None:
    with pytest.raises(AuthorityDown) as down:
        function(**GOOD[function])  # type: ignore[operator]
    assert down.value.fault == "not_connected"
    assert not Check.objects.exists()
    assert {one.state for one in queries.standings()} == {"down"}
    assert not queries.is_up("oss")


def test_with_all_down_nothing_crashes_and_holidays_go_on(authorities: Authorities) -> None:
    authorities.all_down()
    for function, values in GOOD.items():
        with pytest.raises(AuthorityDown):
            function(**values)
    with pytest.raises(AuthorityDown):
        services.official_holidays(year=2026)
    days = queries.holidays_between(date(2026, 8, 1), date(2026, 8, 31))
    assert date(2026, 8, 17) in days


def test_nobody_asks_inside_a_transaction(authorities: Authorities) -> None:
    """Seconds of waiting would hold locks, and hold up the sealing of the log."""
    with transaction.atomic(), pytest.raises(InsideTransaction):
        identity()
    assert not connection.needs_rollback


def test_one_page_thread_stays_free_of_waiting(authorities: Authorities) -> None:
    hurried = mock.patch.object(asking, "LINE_SECONDS", 0.01)
    with hurried, asking._line("oss"), pytest.raises(AuthorityDown) as down:
        identity()
    assert down.value.fault == "no_line"
    assert identity().found


def test_the_hash_can_be_proven_only_with_the_key() -> None:
    """Few answers are possible: an unkeyed hash of them could be looked up."""
    told = {"found": True, "reference": "R-1"}
    question = asking.Question("registry", "identity", About("person", "1"), "/v1/x", {"nik": "1"})
    answer = Answer({**told, "request_id": "x"})
    proof = asking._proof(question, answer, mock.Mock())
    text = '["registry","/v1/x",{"nik":"1"},{"found":true,"reference":"R-1"}]'
    assert proof.result_hash == lookup(text, "outside.answer").hex()
