"""A small log to work on: an event, actors, sealed entries, and an intruder's hands."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from gapura.audit import events
from gapura.audit.events import Event, Subject
from gapura.audit.proof import watch
from gapura.audit.services import checkpoint, record, seal_all
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7

TABLES = (
    "audit_event", "audit_leaf", "audit_node", "audit_checkpoint", "audit_cosignature",
    "audit_personal",
)  # fmt: skip

Note = Callable[..., list[UUID]]
Attack = Callable[..., None]


@pytest.fixture
def happened() -> Iterator[Event]:
    """An event that no room writes; forgotten afterwards."""
    event = Event(
        "audit.trial.happened",
        "%(actor)s did %(thing)s to %(subject)s",
        needs=("thing",),
        optional=("count",),
        personal=("email",),
    )
    yield event
    events._registry.pop(event.name, None)


@pytest.fixture
def budi() -> Actor:
    """An agency administrator."""
    grant = ActiveGrant(uuid7(), "admin_instansi", "K01")
    return Actor(
        person=uuid7(),
        username="budi",
        name="Budi Santoso",
        grant=grant,
        acr=2,
        session=uuid7(),
        ip="203.0.113.7",
        user_agent="Browser/1",
        request_id="r-1",
    )


@pytest.fixture
def siti(budi: Actor) -> Actor:
    """A citizen without any grant."""
    return replace(
        budi, person=uuid7(), username="siti", name="Siti", grant=None, ip="198.51.100.9"
    )


@pytest.fixture
def note(happened: Event, budi: Actor, transactional_db: None) -> Note:
    """Commit entries one by one, as pages do."""
    watch.forget()

    def commit(count: int = 1, actor: Actor = budi, **details: Any) -> list[UUID]:
        made = []
        for number in range(count):
            with transaction.atomic():
                subject = Subject("thing", str(number), f"AKS-2026-{number:06d}")
                made.append(
                    record(actor, happened, subject, **{"facts": {"thing": "x"}, **details})
                )
        return made

    return commit


@pytest.fixture
def sealed(note: Note) -> list[UUID]:
    """Eleven sealed entries under two checkpoints (over 6 and over 11)."""
    made = note(6)
    seal_all()
    checkpoint(now=True)
    made += note(5)
    seal_all()
    checkpoint(now=True)
    return made


@pytest.fixture
def attack() -> Attack:
    """What the owner of the database can do: any statement, with the triggers off."""

    def run(sql: str, *params: Any) -> None:
        with _triggers_off(), connection.cursor() as cursor:
            cursor.execute(sql, list(params))

    return run


@contextmanager
def _triggers_off() -> Iterator[None]:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        try:
            yield
        finally:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
