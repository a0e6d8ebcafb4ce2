"""Looks into the log: told to whom they were about, and nothing more than that."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.utils.translation import override

from gapura.audit import events
from gapura.audit.events import Event, Readers, Subject
from gapura.audit.queries import Filters, LogRow, Whose, event_detail, explore, looked_at
from gapura.audit.services import (
    Mandate,
    explore_log,
    record,
    show_entry,
    show_timeline,
    with_mandate,
)
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from tests.audit.conftest import Note


def as_role(actor: Actor, role: str, agency: str = "") -> Actor:
    return replace(actor, person=uuid7(), name="Rina", grant=ActiveGrant(uuid7(), role, agency))


@pytest.fixture
def platform(budi: Actor) -> Actor:
    return as_role(budi, "admin_platform")


@pytest.fixture
def auditor(budi: Actor) -> Actor:
    return as_role(budi, "apip", "K01")


@pytest.fixture
def outsider(siti: Actor) -> Actor:
    return replace(siti, person=uuid7(), username="luar", ip="192.0.2.77")


def told(person: Actor) -> list[LogRow]:
    return list(looked_at(person, Filters()).rows)


def test_a_suspect_does_not_learn_of_a_suspicion_from_the_look_at_it(
    note: Note, happened: Event, platform: Actor, auditor: Actor, siti: Actor
) -> None:
    """Attack: read "who looked at my data" after the platform opened an entry kept from you."""
    object.__setattr__(happened, "readers", Readers.PLATFORM)
    (made,) = note(1, person=siti.person)
    show_entry(actor=platform, entry=made)
    assert explore(siti, Filters()).rows == ()
    assert explore(auditor, Filters(), Whose.OVERSEEN).rows == ()
    look = explore(platform, Filters(event=events.SHOWN.name), Whose.OVERSEEN).rows[0]
    assert (look.subject_id, look.subject_label) == (str(made), "")


def test_a_look_at_what_only_the_person_reads_is_not_told_to_the_agency(
    note: Note, happened: Event, platform: Actor, auditor: Actor, siti: Actor
) -> None:
    """Attack: an agency learns what its person did from the platform's look at it."""
    object.__setattr__(happened, "readers", Readers.PERSON)
    (made,) = note(1, person=siti.person)
    show_entry(actor=platform, entry=made)
    assert explore(auditor, Filters(), Whose.OVERSEEN).rows == ()
    assert [row.name for row in told(siti)] == [events.SHOWN.name]


def test_what_an_overseer_searched_for_is_not_told_to_the_person(
    note: Note, auditor: Actor, siti: Actor
) -> None:
    """Attack: open the look at oneself and read which other people were searched for."""
    note(1, actor=siti, agency="K01")
    filters = Filters(person=siti.person, text="somebody else")
    explore_log(actor=auditor, filters=filters, whose=Whose.OVERSEEN)
    facts = {"rows": 1, "format": "csv", "filters": filters.given(), "reason": "a secret reason"}
    with transaction.atomic():
        record(auditor, events.EXPORT_ASKED, Subject("log_export", "1", "EKS-1"), facts=facts,
               person=siti.person)  # fmt: skip
    asked, explored = told(siti)
    for row, hidden in ((asked, {"filters", "reason"}), (explored, {"filters"})):
        with override("en"):
            shown = event_detail(siti, row.id).facts
        assert {shown[name] for name in hidden} == {"(hidden)"}
        of_actor = event_detail(auditor, row.id).facts
        assert of_actor["filters"] == filters.given()


def test_a_search_kept_by_an_older_version_is_hidden_as_well(
    note: Note, auditor: Actor, siti: Actor
) -> None:
    """Attack: read the filters of a look that was written before they were the searcher's."""
    old = replace(events.EXPLORED, name="audit.log.explored_before", own=(), personal=("filters",))
    with transaction.atomic():
        facts = {"rows": 1, "filters": {"text": "somebody else"}}
        made = record(auditor, old, Subject("log", "log"), facts=facts, person=siti.person)
    events._registry[old.name] = replace(old, name="audit.log.explored_then", own=("filters",))
    try:
        with override("en"):
            assert event_detail(siti, made).facts["filters"] == "(hidden)"
        assert event_detail(auditor, made).facts["filters"] == {"text": "somebody else"}
    finally:
        for name in ("audit.log.explored_before", "audit.log.explored_then"):
            events._registry.pop(name, None)


_WAYS: dict[str, Callable[[Actor, LogRow], dict[str, Any]]] = {
    "subject": lambda siti, row: {"subject": row.subject_label},
    "text": lambda siti, row: {"text": "siti"},
    "address": lambda siti, row: {"address": siti.ip},
    "session": lambda siti, row: {"session": siti.session},
    "object": lambda siti, row: {"object_id": row.subject_id},
    "event and day": lambda siti, row: {
        "event": row.name,
        "since": row.occurred_at - timedelta(minutes=1),
    },
}


@pytest.mark.parametrize("way", _WAYS)
def test_every_way_to_a_persons_entries_leaves_them_a_look(
    note: Note, auditor: Actor, siti: Actor, way: str
) -> None:
    """Attack: search for a person by anything but their name, so that they never learn of it."""
    siti = replace(siti, session=uuid7())
    note(2, actor=siti, agency="K01")
    row = explore(siti, Filters()).rows[0]
    filters = Filters(**_WAYS[way](siti, row))
    found = explore_log(actor=auditor, filters=filters, whose=Whose.OVERSEEN).rows
    assert found
    (look,) = told(siti)
    assert look.name == events.PERSON_SHOWN.name
    assert event_detail(siti, look.id).facts["rows"] == len(found)


def test_who_acted_is_told_as_well_as_whom_it_concerned(
    note: Note, auditor: Actor, siti: Actor, outsider: Actor
) -> None:
    """Attack: find an officer's deeds by their address; all of them concern somebody else."""
    note(2, actor=siti, agency="K01", person=outsider.person)
    filters = Filters(address=str(siti.ip))
    assert len(explore_log(actor=auditor, filters=filters, whose=Whose.OVERSEEN).rows) == 2
    assert [look.name for look in told(siti)] == [events.PERSON_SHOWN.name]
    assert [look.name for look in told(outsider)] == [events.PERSON_SHOWN.name]


def test_a_search_padded_with_others_is_a_look_at_whom_it_shows_most(
    note: Note, auditor: Actor, siti: Actor
) -> None:
    """Attack: widen a search until it leads to more than a few people."""
    others = [replace(siti, person=uuid7(), username=f"other{each}") for each in range(8)]
    for other in others:
        note(1, actor=other, agency="K01")
    note(4, actor=siti, agency="K01")
    explore_log(actor=auditor, filters=Filters(event="audit."), whose=Whose.OVERSEEN)
    assert [event_detail(siti, look.id).facts["rows"] for look in told(siti)] == [4]
    assert [told(other) for other in others] == [[]] * 8


def test_entries_that_something_else_names_are_looks_at_their_people(
    note: Note, auditor: Actor, siti: Actor
) -> None:
    """Attack: read somebody's entries as the evidence of an alert."""
    made = note(2, actor=siti, agency="K01")
    explore_log(actor=auditor, filters=Filters(entries=tuple(made)), whose=Whose.OVERSEEN)
    assert [look.name for look in told(siti)] == [events.PERSON_SHOWN.name]


def test_reading_under_a_letter_about_one_case_is_a_look_at_its_people(
    note: Note, auditor: Actor, siti: Actor
) -> None:
    """Attack: no filter is needed where the assignment itself leads to one person's entries."""
    note(1, actor=siti, agency="K01")
    letter = Mandate(uuid7(), "ST-1", ("K01",), case="AKS-2026-000000")
    explore_log(actor=with_mandate(auditor, letter), filters=Filters(), whose=Whose.OVERSEEN)
    (look,) = told(siti)
    assert event_detail(siti, look.id).facts["assignment"] == "ST-1"


def test_what_stands_beside_an_entry_is_a_look_too(
    note: Note, auditor: Actor, budi: Actor, siti: Actor, outsider: Actor
) -> None:
    """Attack: open another entry of the same request, under which somebody's is shown."""
    one = replace(budi, person=uuid7(), request_id="one")
    (made,) = note(1, actor=one, person=outsider.person)
    note(1, actor=one, person=siti.person)
    show_entry(actor=auditor, entry=made)
    assert [look.name for look in told(siti)] == [events.PERSON_SHOWN.name]
    assert [look.name for look in told(outsider)] == [events.SHOWN.name]
    assert [look.name for look in told(one)] == [events.PERSON_SHOWN.name]


def test_all_looks_of_a_page_are_one_statement(
    note: Note, auditor: Actor, siti: Actor, django_assert_num_queries: Any
) -> None:
    for each in range(30):
        someone = replace(siti, person=uuid7(), username=f"other{each}")
        note(1, actor=someone, person=uuid7(), agency="K01")
    explore(auditor, Filters(text="thing"), Whose.OVERSEEN)
    with django_assert_num_queries(1):
        explore(auditor, Filters(event="audit.trial."), Whose.OVERSEEN)
    with django_assert_num_queries(2):
        filters = Filters(event="audit.trial.", address=str(siti.ip))
        assert len(explore_log(actor=auditor, filters=filters, whose=Whose.OVERSEEN).rows) == 30


def test_a_timeline_of_a_thing_is_a_look_at_its_people(
    note: Note, auditor: Actor, siti: Actor
) -> None:
    """Attack: open the timeline of somebody's request instead of theirs."""
    (made,) = note(1, person=siti.person)
    row = event_detail(auditor, made).row
    show_timeline(actor=auditor, kind=row.subject_kind, thing=row.subject_id, filters=Filters())
    assert [look.name for look in told(siti)] == [events.PERSON_SHOWN.name]


def test_leafing_through_the_log_looks_at_nobody_in_particular(
    note: Note, auditor: Actor, siti: Actor
) -> None:
    note(2, actor=siti, agency="K01")
    explore_log(actor=auditor, filters=Filters(), whose=Whose.OVERSEEN)
    assert told(siti) == []


def test_looks_at_closed_entries_and_at_looks_are_not_told(
    note: Note, happened: Event, platform: Actor, siti: Actor
) -> None:
    """Attack: count one's looks to learn that an entry about oneself is kept from one."""
    object.__setattr__(happened, "readers", Readers.PLATFORM)
    made: list[UUID] = note(1, person=siti.person)
    explore_log(actor=platform, filters=Filters(text="siti x"), whose=Whose.OVERSEEN)
    explore_log(actor=platform, filters=Filters(object_id="0"), whose=Whose.OVERSEEN)
    show_timeline(actor=platform, kind="thing", thing="0", filters=Filters())
    assert made
    assert told(siti) == []


@pytest.mark.parametrize("role", ["admin_instansi", "admin_platform", "apip"])
def test_a_suspect_who_oversees_does_not_read_what_was_searched_about_them(
    note: Note, auditor: Actor, budi: Actor, role: str
) -> None:
    """Attack: be the administrator, and read the auditor's reason for a file about oneself."""
    grant = ActiveGrant(uuid7(), role, "" if role == "admin_platform" else "K01")
    suspect = replace(budi, grant=grant)
    note(1, actor=suspect, agency="K01")
    filters = Filters(actor="budi", text="suap budi")
    explore_log(actor=auditor, filters=filters, whose=Whose.OVERSEEN)
    facts = {"rows": 1, "format": "csv", "filters": filters.given(), "reason": "Dugaan suap"}
    with transaction.atomic():
        made = record(auditor, events.EXPORT_ASKED, Subject("log_export", "1", "EKS-1"),
                      facts=facts, person=suspect.person)  # fmt: skip
    look = explore(auditor, Filters(event=events.EXPLORED.name), Whose.OVERSEEN).rows[0].id
    with override("en"):
        for entry in (made, look):
            assert event_detail(suspect, entry).facts["filters"] == "(hidden)"
        assert event_detail(suspect, made).facts["reason"] == "(hidden)"
    assert event_detail(auditor, made).facts["reason"] == "Dugaan suap"


def test_administrators_do_not_read_what_an_auditor_searched_for(
    note: Note, auditor: Actor, budi: Actor
) -> None:
    """Attack: read in a search that leads to nobody in particular whom an auditor is after."""
    note(1)
    explore_log(actor=auditor, filters=Filters(text="suap budi"), whose=Whose.OVERSEEN)
    look = explore(auditor, Filters(event=events.EXPLORED.name), Whose.OVERSEEN).rows[0].id
    colleague = as_role(budi, "apip", "K01")
    with override("en"):
        assert event_detail(budi, look).facts["filters"] == "(hidden)"
    assert event_detail(colleague, look).facts["filters"] == {"text": "suap budi"}
    assert event_detail(as_role(budi, "admin_platform"), look).facts["filters"]


def test_a_name_of_another_agency_is_nobody_here(
    note: Note, budi: Actor, outsider: Actor, platform: Actor
) -> None:
    """Attack: type names into the filter; one's own look tells which of them belong to whom."""
    note(1, actor=outsider, agency="Z99")
    note(1)
    explore_log(actor=budi, filters=Filters(actor="luar"), whose=Whose.OVERSEEN)
    look = explore(budi, Filters(event=events.EXPLORED.name), Whose.OVERSEEN).rows[0].id
    assert event_detail(budi, look).person is None
    explore_log(actor=platform, filters=Filters(actor="luar", text="nothing of it"),
                whose=Whose.OVERSEEN)  # fmt: skip
    look = explore(platform, Filters(event=events.EXPLORED.name), Whose.OVERSEEN).rows[0].id
    assert event_detail(platform, look).person == outsider.person, "whom the platform looks for"
