"""All that happened to one thing: about it, of it, telling it; within what one may read."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import transaction

from gapura.audit.events import Event, Subject
from gapura.audit.queries import Filters, Whose, timeline
from gapura.audit.services import record
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from tests.audit.conftest import Note


@pytest.fixture
def auditor(budi: Actor) -> Actor:
    return replace(budi, person=uuid7(), grant=ActiveGrant(uuid7(), "apip", "K01"))


@pytest.fixture
def outsider(budi: Actor) -> Actor:
    return replace(budi, person=uuid7(), grant=ActiveGrant(uuid7(), "apip", "K02"))


def lines(reader: Actor, kind: str, thing: object, whose: Whose = Whose.OVERSEEN) -> list[UUID]:
    return [row.id for row in timeline(reader, kind, str(thing), Filters(), whose).rows]


def put(actor: Actor, event: Event, kind: str, thing: object, label: str, **facts: str) -> UUID:
    with transaction.atomic():
        return record(actor, event, Subject(kind, str(thing), label), facts={"thing": "x", **facts})


@pytest.fixture
def told(happened: Event) -> Event:
    object.__setattr__(happened, "optional", ("count", "grant"))
    object.__setattr__(happened, "facts", happened.facts | {"grant"})
    return happened


def test_of_a_person_what_they_did_and_what_was_done_to_them(
    note: Note, told: Event, auditor: Actor, outsider: Actor, budi: Actor, siti: Actor
) -> None:
    (about,) = note(1, person=siti.person)
    (by,) = note(1, actor=siti, agency="K01")
    named = put(budi, told, "person", siti.person, "siti")
    note(1)
    assert lines(auditor, "person", siti.person) == [named, by, about]
    assert lines(outsider, "person", siti.person) == []
    assert lines(siti, "person", siti.person, Whose.MINE) == [by, about]


def test_of_a_request_also_what_came_of_it_and_what_tells_its_number(
    note: Note, told: Event, auditor: Actor, budi: Actor
) -> None:
    request, grant = uuid7(), uuid7()
    asked = put(budi, told, "access_request", request, "AKS-2026-000077")
    granted = put(budi, told, "access_request", request, "AKS-2026-000077", grant=str(grant))
    used = put(budi, told, "grant", grant, "siti")
    mentioned = put(budi, told, "thing", "1", "x", count="see AKS-2026-000077, please")
    put(budi, told, "access_request", uuid7(), "AKS-2026-000078", grant=str(uuid7()))
    put(budi, told, "grant", uuid7(), "siti")
    assert lines(auditor, "access_request", request) == [mentioned, used, granted, asked]


def test_the_oldest_first_and_in_pages(
    note: Note, told: Event, auditor: Actor, budi: Actor
) -> None:
    order = uuid7()
    made = [put(budi, told, "order", order, "SP-2026-000001") for _ in range(3)]
    first = timeline(
        auditor, "order", str(order), Filters(oldest_first=True, size=2), Whose.OVERSEEN
    )
    rest = timeline(
        auditor,
        "order",
        str(order),
        Filters(oldest_first=True, size=2, after=first.next),
        Whose.OVERSEEN,
    )
    assert [row.id for row in (*first.rows, *rest.rows)] == made


def test_of_nothing_there_is_nothing(note: Note, auditor: Actor) -> None:
    note(1)
    assert lines(auditor, "letter", uuid7()) == []
    assert lines(auditor, "person", "no id") == []
