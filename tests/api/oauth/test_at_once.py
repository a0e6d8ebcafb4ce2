"""The short way to a token: what is remembered of a client counts only while it is still so."""

from collections.abc import Sequence

import pytest

from gapura.api.doors.oauth import calls
from gapura.api.doors.oauth.reads import read
from gapura.sso.models import Client
from gapura.sso.protocol.decisions import Facts, Needs
from tests.api.oauth.shop import (
    TOKEN,
    a_client,
    asked,
    basic,
    change,
    entries,
    send,
    send_all,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("town")]

ITSELF = {"grant_type": "client_credentials"}
Reads = list[str]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    """Whom the long way looked up."""
    found: Reads = []

    async def counted(needs: Needs) -> Facts:
        found.append(needs.client)
        return await read(needs)

    monkeypatch.setattr(calls, "read", counted)
    return found


def known() -> Client:
    """A client that this worker remembers, and whose use of today it has noted."""
    client = a_client()
    assert send(TOKEN, ITSELF, basic(client)).status == 200
    return client


def statuses(clients: Sequence[Client]) -> list[int]:
    return [
        answer.status for answer in send_all(*(asked(TOKEN, ITSELF, basic(c)) for c in clients))
    ]


def test_a_remembered_client_is_looked_at_by_the_statement_that_writes_its_entry(
    reads: Reads,
) -> None:
    client = known()
    reads.clear()
    assert statuses([client] * 5) == [200] * 5
    assert reads == [], "one trip to the database, not two"
    assert len(entries(client, "sso.token.issued")) == 6


def test_a_client_that_was_suspended_a_moment_ago_gets_nothing(reads: Reads) -> None:
    client = known()
    change(client, state="suspended")
    assert statuses([client]) == [401]
    assert reads[-1] == client.client_id
    assert [entry.name for entry in entries(client)] == ["sso.token.issued", "sso.client.refused"]


def test_who_changed_does_not_spoil_it_for_the_others_of_a_batch(reads: Reads) -> None:
    first, second, third = known(), known(), known()
    change(second, state="suspended")
    reads.clear()
    assert statuses([first, second, third, second]) == [200, 401, 200, 401]
    assert set(reads) == {second.client_id}
    written = [len(entries(client, "sso.token.issued")) for client in (first, second, third)]
    assert written == [2, 1, 2], "one entry for each token, none for what was refused"


def test_a_changed_contract_is_read_anew(reads: Reads) -> None:
    client = known()
    change(client, scopes=["catalog.write"])
    reads.clear()
    assert told(send(TOKEN, ITSELF, basic(client)))["scope"] == "catalog.write"
    assert reads == [client.client_id]


def test_a_wrong_secret_of_a_remembered_client_goes_the_long_way(reads: Reads) -> None:
    client = known()
    form = {**ITSELF, "client_id": client.client_id, "client_secret": "gps_wrong"}
    assert send(TOKEN, form).status == 401
    assert reads[-1] == client.client_id
    assert entries(client)[-1].name == "sso.client.refused"
