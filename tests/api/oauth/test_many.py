"""A hundred at once: each is in the log before its reply, and none pays for another's fault."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from psycopg import AsyncConnection

from gapura.api.doors import pool
from gapura.api.doors.oauth import reads, telling, writes
from gapura.api.doors.oauth.batches import Batch
from gapura.api.doors.oauth.keys import keys
from gapura.api.doors.oauth.writes import Commit
from gapura.audit.models import LogEvent
from gapura.audit.services import seal_all, verify_log
from gapura.config.doors import doors
from gapura.kernel import clock
from gapura.sso.models import Client
from tests.api.oauth.shop import (
    TOKEN,
    a_client,
    asked,
    basic,
    change,
    committed,
    entries,
    send,
    send_all,
    told,
)
from tests.asgi import call, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

ITSELF = {"grant_type": "client_credentials"}


def ask(client: Client) -> tuple[dict[str, Any], bytes]:
    return asked(TOKEN, ITSELF, basic(client))


@pytest.fixture
def batches(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many requests each transaction of the log held."""
    sizes: list[int] = []
    work = writes._write

    async def counted(line: AsyncConnection, asked: Sequence[Commit]) -> Any:
        sizes.append(len(asked))
        return await work(line, asked)

    monkeypatch.setattr(writes, "_writing", Batch(counted))
    return sizes


def test_a_hundred_tokens_at_once_are_all_in_the_log_in_a_few_transactions(
    batches: list[int],
) -> None:
    client = a_client()
    replies = send_all(*[ask(client) for _ in range(100)])
    assert {reply.status for reply in replies} == {200}
    assert len({told(reply)["access_token"] for reply in replies}) == 100
    assert len(entries(client, "sso.token.issued")) == 100
    assert sum(batches) == 100
    assert len(batches) < 20


def test_what_doors_wrote_is_sealed_and_verified_like_everything_else() -> None:
    client = a_client()
    send_all(*[ask(client) for _ in range(30)])
    committed(seal_all)
    report = committed(verify_log)
    assert (report.found, report.unreadable) == (0, "")
    assert LogEvent.objects.filter(subject_id=str(client.id)).count() == 30


def test_one_poisoned_entry_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: a value that the database refuses takes the requests beside it down, too."""
    monkeypatch.setattr(telling, "_LONGEST_NAME", 400)
    client, bad = a_client(), a_client(client_id="x" * 50)
    everyone = [client] * 20 + [bad] + [client] * 20
    replies = send_all(*map(ask, everyone))
    assert Counter(reply.status for reply in replies) == {200: 40, 503: 1}
    assert replies[20].status == 503
    assert len(entries(client)) == 40
    assert entries(bad) == []


def test_a_client_that_is_suspended_between_two_batches_is_seen() -> None:
    """Reads are sent after the request arrived: nothing that was read for others is used."""

    async def play() -> list[set[int]]:
        door = doors(dict)[TOKEN]
        keys.forget()
        statuses: list[set[int]] = []
        try:
            for suspended in (False, True):
                if suspended:
                    await asyncio.to_thread(change, client, state="suspended")
                replies = await asyncio.gather(*(call(door, *ask(client)) for _ in range(10)))
                statuses.append({reply.status for reply in replies})
        finally:
            await pool.close()
        return statuses

    client = a_client()
    assert run(play()) == [{200}, {401}]


def test_more_than_can_wait_are_told_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reads, "_facts", Batch(reads._read, waiting=5))
    client = a_client()
    replies = send_all(*[ask(client) for _ in range(30)])
    shed = [reply for reply in replies if reply.status == 503]
    assert len(shed) == 25
    assert {reply.headers["retry-after"] for reply in shed} == {"2"}
    assert len(entries(client)) == 5


def test_the_day_of_the_newest_use_is_noted_once() -> None:
    client = a_client()
    before = Client.objects.get(pk=client.pk)
    assert before.last_used_on is None
    send(TOKEN, ITSELF, basic(client))
    after = Client.objects.get(pk=client.pk)
    assert after.last_used_on == clock.now().date()
    # It is no change of the contract: workers go on with what they know.
    assert after.version == before.version
