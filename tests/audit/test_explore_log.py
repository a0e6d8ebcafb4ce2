"""Reading the log: whose entries, what is hidden, what is proven, that reading is recorded."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.utils.translation import override

from gapura.audit import events
from gapura.audit.errors import BadLogFilter, NoSuchEntry
from gapura.audit.events import Event, Readers
from gapura.audit.queries import (
    Filters,
    LogPage,
    Standing,
    Whose,
    event_detail,
    explore,
    rows_to_export,
)
from gapura.audit.services import explore_log, seal_all, show_entry
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Refused
from tests.audit.conftest import Attack, Note


def as_role(actor: Actor, role: str, agency: str = "") -> Actor:
    return replace(actor, person=uuid7(), grant=ActiveGrant(uuid7(), role, agency))


@pytest.fixture
def platform(budi: Actor) -> Actor:
    return as_role(budi, "admin_platform")


@pytest.fixture
def auditor(budi: Actor) -> Actor:
    return as_role(budi, "apip", "K01")


@pytest.fixture
def outsider(budi: Actor) -> Actor:
    return as_role(budi, "admin_instansi", "K02")


def ids(page: LogPage) -> list[UUID]:
    return [row.id for row in page.rows]


def overseen(reader: Actor, **filters: Any) -> LogPage:
    return explore(reader, Filters(**filters), Whose.OVERSEEN)


def test_the_platform_reads_all_the_agency_its_own(
    note: Note, platform: Actor, auditor: Actor, outsider: Actor
) -> None:
    ours, theirs = note(2), note(1, agency="K02")
    assert ids(overseen(platform)) == [*theirs, *reversed(ours)]
    assert ids(overseen(auditor)) == list(reversed(ours))
    assert ids(overseen(outsider)) == theirs


def test_chosen_entries_and_names_stay_within_what_one_may_read(
    note: Note, platform: Actor, auditor: Actor, budi: Actor
) -> None:
    """Attack: name the ids of another agency's entries."""
    ours, theirs = note(2), note(1, agency="K02")
    chosen = (ours[0], theirs[0])
    assert ids(overseen(platform, entries=chosen)) == [theirs[0], ours[0]]
    assert ids(overseen(auditor, entries=chosen)) == [ours[0]]
    assert ids(explore(budi, Filters(names=("audit.nothing.done",)))) == []
    name = overseen(platform).rows[0].name
    assert len(overseen(platform, names=(name, "audit.nothing.done")).rows) == 3
    with pytest.raises(BadLogFilter):
        Filters(entries=(ours[0],) * 101)


@pytest.mark.parametrize("role", ["verifikator", "ppk", "helpdesk", ""])
def test_other_roles_do_not_oversee(budi: Actor, role: str, db: None) -> None:
    with pytest.raises(Refused):
        overseen(as_role(budi, role, "K01"))


def test_overseeing_needs_a_strong_sign_in(auditor: Actor, db: None) -> None:
    with pytest.raises(Refused) as refused:
        overseen(replace(auditor, acr=1))
    assert refused.value.verdict.only_needs_strength


def test_an_overseer_without_an_agency_oversees_nothing(budi: Actor, db: None) -> None:
    with pytest.raises(Refused):
        overseen(as_role(budi, "apip"))


def test_nobody_signed_in_reads_nothing(db: None) -> None:
    with pytest.raises(Refused):
        explore(Actor(), Filters())


def test_ones_own_life_is_what_one_did_and_what_was_done(
    note: Note, budi: Actor, siti: Actor
) -> None:
    about_siti = note(1, person=siti.person)
    by_siti = note(1, actor=siti)
    note(1)
    assert ids(explore(siti, Filters())) == [*by_siti, *about_siti]
    assert len(explore(budi, Filters()).rows) == 2


def test_of_others_one_sees_the_name_and_not_from_where(note: Note, siti: Actor) -> None:
    note(1, person=siti.person, before={"email": "old@x.id"}, after={"email": "new@x.id"})
    with override("en"):
        (row,) = explore(siti, Filters()).rows
        detail = event_detail(siti, row.id)
    assert row.sentence == "Budi Santoso did x to AKS-2026-000000"
    assert (row.ip, row.user_agent, detail.session) == ("(hidden)", "(hidden)", None)
    assert (detail.changes[0].before, detail.changes[0].after) == ("old@x.id", "new@x.id")


def test_of_what_one_did_to_others_their_values_are_hidden(
    note: Note, budi: Actor, siti: Actor
) -> None:
    (made,) = note(1, actor=siti, person=budi.person, after={"email": "new@x.id"})
    with override("en"):
        detail = event_detail(siti, made)
    assert (detail.row.ip, detail.changes[0].after) == (siti.ip, "(hidden)")


def test_an_overseer_sees_all_values(note: Note, auditor: Actor, siti: Actor) -> None:
    note(1, actor=siti, agency="K01", person=siti.person, after={"email": "new@x.id", "state": "b"})
    (row,) = overseen(auditor).rows
    detail = event_detail(auditor, row.id)
    assert (row.actor, row.ip, row.user_agent) == ("Siti", "198.51.100.9", "Browser/1")
    assert {change.field: change.after for change in detail.changes} == {
        "email": "new@x.id",
        "state": "b",
    }
    assert all(change.differs for change in detail.changes)


@pytest.mark.parametrize("readers", [Readers.PERSON, Readers.PLATFORM])
def test_an_event_is_read_by_its_readers_only(
    note: Note, happened: Event, auditor: Actor, platform: Actor, siti: Actor, readers: Readers
) -> None:
    object.__setattr__(happened, "readers", readers)
    (made,) = note(1, person=siti.person)
    assert ids(overseen(platform)) == [made]
    assert ids(overseen(auditor)) == []
    assert bool(ids(explore(siti, Filters()))) == (readers == Readers.PERSON)
    with pytest.raises(NoSuchEntry):
        event_detail(auditor, made)


def test_foreign_and_unknown_entries_look_the_same(
    note: Note, outsider: Actor, siti: Actor
) -> None:
    (made,) = note()
    for actor, entry in ((outsider, made), (siti, made), (outsider, uuid7())):
        with pytest.raises(NoSuchEntry):
            event_detail(actor, entry)


def test_entries_are_proven_waiting_or_altered(
    sealed: list[UUID], note: Note, auditor: Actor, attack: Attack
) -> None:
    note()
    seal_all()
    note()
    attack("UPDATE audit_event SET subject_label = 'AKS-2026-999999' WHERE id = %s", sealed[8])
    page = overseen(auditor)
    standing = {row.index: row.standing for row in page.rows}
    assert page.verified.whole
    assert (page.verified.number, page.verified.size) == (2, 11)
    assert standing.pop(8) == Standing.ALTERED
    assert (standing.pop(11), standing.pop(None)) == (Standing.WAITING, Standing.WAITING)
    assert set(standing.values()) == {Standing.PROVEN}


def test_an_entry_altered_together_with_its_leaf_is_not_proven(
    sealed: list[UUID], auditor: Actor, attack: Attack
) -> None:
    attack("UPDATE audit_event SET subject_label = 'x' WHERE id = %s", sealed[8])
    attack("UPDATE audit_leaf SET hash = sha256('anything') WHERE index = 8")
    by_index = {row.index: row.verified for row in overseen(auditor).rows}
    assert not by_index[8]


def test_without_a_checkpoint_that_holds_nothing_is_proven(
    sealed: list[UUID], auditor: Actor, attack: Attack
) -> None:
    attack("UPDATE audit_checkpoint SET note = replace(note, '11', '12') WHERE number = 2")
    page = overseen(auditor)
    assert not page.verified.whole
    assert {row.standing for row in page.rows} == {Standing.UNPROVEN}


def test_the_proof_of_one_entry_can_be_checked_by_others(
    sealed: list[UUID], auditor: Actor
) -> None:
    import base64

    from gapura.audit.tree.merkle import leaf_hash, verify_inclusion

    detail = event_detail(auditor, sealed[5])
    proof = [base64.b64decode(step) for step in detail.proof]
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM audit_leaf WHERE index = 5")
        leaf = bytes((cursor.fetchone() or (b"",))[0])
    upto = detail.checkpoint
    assert detail.row.verified
    assert detail.row.index == 5
    assert verify_inclusion(leaf, 5, upto.size, proof, upto.root)
    assert not verify_inclusion(leaf_hash(b"other"), 5, upto.size, proof, upto.root)


def test_a_page_costs_three_queries_and_one_when_its_rows_were_proven_before(
    sealed: list[UUID], auditor: Actor, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(3):
        overseen(auditor)
    with django_assert_num_queries(1):
        overseen(auditor)


def test_a_proof_is_not_believed_for_a_row_that_was_altered_after_it(
    sealed: list[UUID], auditor: Actor, attack: Attack
) -> None:
    assert {row.standing for row in overseen(auditor).rows} == {Standing.PROVEN}
    attack("UPDATE audit_event SET subject_label = 'other' WHERE id = %s", sealed[0])
    standings = {row.id: row.standing for row in overseen(auditor).rows}
    assert standings[sealed[0]] is Standing.ALTERED


def test_an_entry_tells_what_the_same_request_wrote_besides(
    note: Note, auditor: Actor, budi: Actor, outsider: Actor
) -> None:
    first, second = note(2, actor=replace(budi, request_id="one"))
    note(1, actor=replace(budi, request_id="one"), agency="K02")
    note(1, actor=replace(budi, request_id="two"))
    assert [row.id for row in event_detail(auditor, first).related] == [second]
    assert [row.id for row in event_detail(auditor, second).related] == [first]


def test_pages_follow_each_other(note: Note, auditor: Actor) -> None:
    made = note(5)
    first = overseen(auditor, size=2)
    second = overseen(auditor, size=2, after=first.next)
    third = overseen(auditor, size=2, after=second.next)
    assert ids(first) + ids(second) + ids(third) == list(reversed(made))
    assert third.next is None


def test_filters_narrow(note: Note, auditor: Actor, siti: Actor) -> None:
    with clock.frozen(datetime(2026, 3, 1, 16, 59, tzinfo=UTC)):
        first = note(1, actor=siti, agency="K01")
    with clock.frozen(datetime(2026, 3, 1, 17, 0, tzinfo=UTC)):
        second = note(1, result="refused", person=siti.person)
    day = date(2026, 3, 1)
    expected: list[tuple[dict[str, Any], list[UUID]]] = [
        ({"until": day}, first),
        ({"since": day + timedelta(days=1)}, second),
        ({"actor": "SITI"}, first),
        ({"result": "refused"}, second),
        ({"person": siti.person}, second),
        ({"subject": "AKS-2026-000000"}, [*second, *first]),
        ({"event": "audit."}, [*second, *first]),
        ({"event": "audit.trial.happened", "agency": "K01"}, [*second, *first]),
        ({"event": "access."}, []),
        ({"until": date.max, "since": date.min}, [*second, *first]),
    ]
    for filters, result in expected:
        assert ids(overseen(auditor, **filters)) == result, filters


@pytest.mark.parametrize(
    "filters",
    [
        {"event": "x' OR 1=1"},
        {"event": "%"},
        {"actor": "a\0"},
        {"subject": "x" * 201},
        {"result": "no"},
    ],
)
def test_filters_that_make_no_sense_are_refused(filters: dict[str, Any]) -> None:
    with pytest.raises(BadLogFilter):
        Filters(**filters)


def test_looking_at_others_is_recorded(note: Note, auditor: Actor, siti: Actor) -> None:
    (made,) = note(1, person=siti.person)
    explore_log(actor=auditor, filters=Filters(actor="budi"), whose=Whose.OVERSEEN)
    show_entry(actor=auditor, entry=made)
    with override("en"):
        shown, explored, _ = overseen(auditor).rows
    assert explored.name == events.EXPLORED.name
    assert explored.sentence == "Budi Santoso looked through the activity log (1 entries)"
    assert event_detail(auditor, explored.id).facts["filters"] == {"actor": "budi"}
    assert (shown.name, shown.subject_id) == (events.SHOWN.name, str(made))
    assert ids(explore(siti, Filters()))[0] == shown.id, "the person learns who looked"


def test_looking_at_oneself_is_not_recorded(note: Note, siti: Actor) -> None:
    (made,) = note(1, actor=siti)
    explore_log(actor=siti, filters=Filters())
    show_entry(actor=siti, entry=made)
    assert ids(explore(siti, Filters())) == [made]


def test_an_event_no_longer_declared_is_still_listed(
    sealed: list[UUID], auditor: Actor, happened: Event
) -> None:
    events._registry.pop(happened.name)
    row = overseen(auditor).rows[0]
    assert row.sentence == happened.name
    assert row.verified


@pytest.mark.parametrize("role", ["admin_instansi", "apip"])
def test_whoever_is_bounded_to_a_part_of_an_agency_reads_no_log_of_the_whole(
    note: Note, budi: Actor, siti: Actor, role: str
) -> None:
    """Attack: oversee one unit, and read or export the entries of all others."""
    (made,) = note(1, actor=siti, agency="K01")
    grant = ActiveGrant(uuid7(), role, "K01", unit="K01-U9", reach="K01/U9/")
    bounded = replace(budi, person=uuid7(), username="kecil", grant=grant)
    with pytest.raises(Refused):
        explore(bounded, Filters(), Whose.OVERSEEN)
    with pytest.raises(Refused):
        rows_to_export(bounded, Filters())
    with pytest.raises(NoSuchEntry):
        event_detail(bounded, made)
    whole = replace(bounded, grant=replace(grant, reach="", unit=""))
    assert event_detail(whole, made).row.id == made
