"""Recording: complete facts, in the transaction of the change, nothing personal in the clear."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from psycopg import AsyncConnection

from gapura.audit import events
from gapura.audit.canonical import canonical
from gapura.audit.entries import Row, leaf_data, select
from gapura.audit.errors import BadRecord, NotInTransaction
from gapura.audit.events import Durability, Event, Subject
from gapura.audit.services import (
    compose,
    entries_statement,
    record,
    record_all,
    seal_all,
    verify_log,
)
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.ids import uuid7
from tests.asgi import run
from tests.audit.conftest import Attack, Note

THING = Subject("thing", "1", "AKS-2026-000001")


def rows() -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {select('e')} FROM audit_event e ORDER BY id")
        return [Row(*values) for values in cursor.fetchall()]


@pytest.mark.parametrize(
    "facts",
    [{}, {"thing": 1, "other": 2}, {"thing": 0.5}, {"thing": object()}, {"thing": "x" * 70_000}],
    ids=["missing", "undeclared", "float", "foreign", "too large"],
)
def test_bad_facts_are_refused(happened: Event, budi: Actor, facts: dict[str, Any]) -> None:
    with pytest.raises(BadRecord):
        compose(budi, happened, THING, facts=facts)


def test_an_unknown_result_is_refused(happened: Event, budi: Actor) -> None:
    with pytest.raises(ValueError, match="maybe"):
        compose(budi, happened, THING, facts={"thing": 1}, result="maybe")


@pytest.mark.django_db(transaction=True)
def test_no_event_of_a_change_outside_its_transaction(happened: Event, budi: Actor) -> None:
    with pytest.raises(NotInTransaction):
        record(budi, happened, THING, facts={"thing": 1})
    assert rows() == []


@pytest.mark.django_db(transaction=True)
def test_an_event_before_the_reply_needs_no_transaction(budi: Actor) -> None:
    event = Event("audit.trial.replied", "x", durability=Durability.BEFORE_REPLY)
    try:
        record(budi, event, THING)
    finally:
        events._registry.pop(event.name)
    assert [row.name for row in rows()] == ["audit.trial.replied"]


def test_a_change_that_is_rolled_back_leaves_no_event(note: Note) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note()
        _ = 1 / 0
    assert rows() == []


@pytest.mark.django_db
def test_who_what_and_where_are_in_the_row(happened: Event, budi: Actor) -> None:
    siti = uuid7()
    record(
        budi, happened, THING, facts={"thing": "x"}, person=siti, unit="K01.001", result="refused"
    )
    (row,) = rows()
    assert (row.actor_username, row.actor_role, row.agency) == ("budi", "admin_instansi", "K01")
    assert (row.person, row.unit, row.result) == (str(siti), "K01.001", "refused")
    assert row.grant_id == str(budi.grant.id if budi.grant else None)
    assert (row.subject_label, row.request_id) == ("AKS-2026-000001", "r-1")


@pytest.mark.django_db
def test_nothing_personal_is_in_the_row_or_its_leaf(happened: Event, budi: Actor) -> None:
    sides: dict[str, Any] = {
        "before": {"email": "old@x.id", "state": "a"},
        "after": {"email": "new@x.id", "state": "b"},
    }
    record(budi, happened, THING, facts={"thing": "x", "email": "fact@x.id"}, **sides)
    (row,) = rows()
    data = leaf_data(row).decode()
    for secret in ("@x.id", "Budi Santoso", "203.0.113.7", "Browser/1"):
        assert secret not in data
    assert set(json.loads(row.commitments)) == {
        "actor.name", "actor.ip", "actor.user_agent", "facts.email", "before.email", "after.email",
    }  # fmt: skip
    assert json.loads(row.before or "") == {"state": "a"}


@pytest.mark.django_db
def test_the_same_personal_value_never_gives_the_same_commitment(
    happened: Event, budi: Actor
) -> None:
    for _ in range(2):
        record(budi, happened, THING, facts={"thing": "x"})
    first, second = (json.loads(row.commitments)["actor.ip"] for row in rows())
    assert first != second


@pytest.mark.django_db
def test_a_leaf_is_the_canonical_object_of_all_columns(happened: Event, budi: Actor) -> None:
    odd = replace(budi, username="\u20ac\u2028\x7f\t\"'\\")
    record(odd, happened, THING, facts={"thing": {"\u00f6": ["\x00", 1, None]}}, before={"b": 1})
    (row,) = rows()
    parsed = row._asdict()
    for name in ("facts", "before", "after", "commitments"):
        parsed[name] = json.loads(parsed[name]) if parsed[name] else None
    assert leaf_data(row) == canonical(parsed)


@pytest.mark.django_db
def test_the_system_has_no_personal_values(happened: Event) -> None:
    record(system_actor("escalation"), happened, THING, facts={"thing": "x"})
    (row,) = rows()
    assert (row.actor_username, row.actor_role, row.commitments) == ("escalation", "system", "{}")


@pytest.mark.django_db
def test_thousands_go_in_few_statements(
    happened: Event, budi: Actor, django_assert_num_queries: Any
) -> None:
    composed = [compose(budi, happened, THING, facts={"thing": n}) for n in range(1200)]
    with django_assert_num_queries(3):
        assert record_all(happened, composed) == 1200
    assert len(rows()) == 1200


@pytest.mark.django_db
def test_one_entry_is_one_statement(
    happened: Event, budi: Actor, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        record(budi, happened, THING, facts={"thing": "x", "email": "a@b.id"})


@pytest.mark.parametrize("table", ["event", "leaf", "node", "checkpoint", "personal"])
def test_rows_of_the_log_cannot_be_deleted(sealed: list[object], table: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM audit_{table}")


def test_rows_of_the_log_cannot_be_changed(sealed: list[object], attack: Attack) -> None:
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET agency = 'K02'")


async def _on_its_own(sql: str, params: list[Any]) -> None:
    known = connection.get_connection_params()
    given = {name: known[name] for name in ("dbname", "user", "password", "host", "port")}
    async with await AsyncConnection.connect(**given, autocommit=True) as line:
        await line.execute(sql.encode(), params)


@pytest.mark.django_db(transaction=True)
def test_entries_written_on_a_connection_of_its_own_are_those_that_record_writes(
    happened: Event, budi: Actor
) -> None:
    """Doors write theirs on an asynchronous connection: the same rows, parts and numbers."""
    siti = uuid7()
    composed = [
        compose(budi, happened, THING, facts={"thing": str(n)}, person=siti) for n in range(3)
    ]
    sql, params = entries_statement(composed)
    run(_on_its_own(sql, params))
    found = rows()
    assert [row.id for row in found] == [str(one.id) for one in composed]
    assert len({row.xid for row in found}) == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_personal")
        assert cursor.fetchone() == (sum(len(one.parts) for one in composed),)
    assert seal_all() == 3
    assert verify_log().found == 0
