"""What others do with the log: record, look through it, erase personal values, check it."""

from uuid import UUID

from django.db import connection, transaction

from gapura.audit import events, queries
from gapura.audit.archive.archiving import Archived, archive_month
from gapura.audit.archive.partitions import make_ahead
from gapura.audit.archive.restoring import restore_month
from gapura.audit.archive.retention import forget_overdue, set_rule
from gapura.audit.archive.turns import take_turn
from gapura.audit.assignments.letters import keep_letters
from gapura.audit.assignments.mandates import Mandate, mandate_facts, with_mandate
from gapura.audit.assignments.writes import (
    AssignmentText,
    assign,
    confirm_assignment,
    end_assignment,
)
from gapura.audit.bundle.making import Bundle, export_bundle
from gapura.audit.checkpoints import checkpoint, run_forever
from gapura.audit.entries import Entry as Entry
from gapura.audit.errors import NoSuchTimeline
from gapura.audit.events import Result, Subject
from gapura.audit.exports.asking import ask_for_export, fetch_export
from gapura.audit.exports.erasing import drop_copies
from gapura.audit.exports.making import drop_old_exports, make_export
from gapura.audit.marks import mark
from gapura.audit.permissions import Can
from gapura.audit.proof.asked import CHECKS, check_proof_file, check_receipt, hand_out_proof
from gapura.audit.recording import entries_statement
from gapura.audit.records import compose, record, record_all
from gapura.audit.sealer import seal, seal_all
from gapura.audit.search import looks
from gapura.audit.search.views import change_view, drop_view, save_view
from gapura.audit.verify import Finding, Report, verify_log
from gapura.audit.witness.asking import collect
from gapura.audit.witness.asking import run_forever as cosign_forever
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

__all__ = [
    "CHECKS",
    "Archived",
    "AssignmentText",
    "Bundle",
    "Finding",
    "Mandate",
    "Report",
    "Result",
    "Subject",
    "archive_month",
    "ask_for_export",
    "assign",
    "change_view",
    "check_proof_file",
    "check_receipt",
    "checkpoint",
    "collect",
    "compose",
    "confirm_assignment",
    "cosign_forever",
    "drop_old_exports",
    "drop_view",
    "end_assignment",
    "entries_statement",
    "erase_personal",
    "explore_log",
    "export_bundle",
    "fetch_export",
    "forget_overdue",
    "hand_out_proof",
    "keep_letters",
    "make_ahead",
    "make_export",
    "mark",
    "record",
    "record_all",
    "restore_month",
    "run_forever",
    "save_view",
    "seal",
    "seal_all",
    "set_rule",
    "show_entry",
    "show_timeline",
    "verify_log",
    "with_mandate",
]  # fmt: skip


def explore_log(
    *, actor: Actor, filters: queries.Filters, whose: queries.Whose = queries.Whose.MINE
) -> queries.LogPage:
    """One page of the log; looking at other people's entries is itself recorded.

    The record names whose entries were asked for, so that this person can see it; what was searched
    for stays the searcher's. A search that led to people by other ways is told to each of them.

    :raises Refused: without the right for this view.
    :raises BadLogFilter: for a filter that cannot be read.
    """
    page = queries.explore(actor, filters, whose)
    if whose == queries.Whose.OVERSEEN:
        facts = {"rows": len(page.rows), "filters": filters.given(), **mandate_facts(actor)}
        person = looks.whom(actor, filters, page.people)
        look = compose(actor, events.EXPLORED, Subject("log", "log"), facts=facts, person=person)
        told = looks.singled_out(actor, filters, page.people)
        looks.note_people(actor, told, first=[look], besides=person)
    return page


def show_timeline(
    *, actor: Actor, kind: str, thing: str, filters: queries.Filters
) -> queries.LogPage:
    """All that happened to one thing; that somebody looked is recorded, with whose life it is.

    `kind` and `thing` as in `queries.timeline`.

    :raises Refused: without the right to look through a log.
    :raises NoSuchTimeline: the log tells this actor nothing about it.
    """
    page = queries.timeline(actor, kind, thing, filters, queries.Whose.OVERSEEN)
    if not page.rows and filters.after is None:
        raise NoSuchTimeline()
    facts = {"rows": len(page.rows), **mandate_facts(actor)}
    same = (r.subject_label for r in page.rows if (r.subject_kind, r.subject_id) == (kind, thing))
    label = next((label for label in same if label), "")
    person, subject = looks.person_of(actor, kind, thing), Subject(kind, thing, label)
    look = compose(actor, events.TIMELINE_SHOWN, subject, facts=facts, person=person)
    looks.note_people(actor, page.people.either, first=[look], besides=person)
    return page


def show_entry(*, actor: Actor, entry: UUID) -> queries.Detail:
    """One entry in full with its proof; opening another person's is itself recorded.

    :raises NoSuchEntry: when it is not there or not the actor's to read.
    """
    with transaction.atomic():
        detail = queries.event_detail(actor, entry)
        own = actor.person in {detail.actor_person, detail.person}
        person = None if own else detail.person or detail.actor_person
        shown = [] if own else [_look_at(actor, entry, detail)]
        looks.note_people(actor, detail.people.either, first=shown, besides=person)
    return detail


def _look_at(actor: Actor, entry: UUID, detail: queries.Detail) -> Entry:
    """The look is read by whoever reads the entry, and by nobody else: it would tell of it."""
    closed = detail.readers == events.Readers.PLATFORM
    return compose(
        actor,
        events.SHOWN,
        Subject("entry", str(entry), "" if closed else detail.row.name),
        facts=mandate_facts(actor),
        agency=detail.row.agency,
        person=None if closed else detail.person or detail.actor_person,
        readers=detail.readers,
    )


_ERASE = """
    UPDATE audit_personal SET sealed = NULL, address = NULL, erased_by = %s
     WHERE person = %s AND sealed IS NOT NULL
"""
# Before a sign-in nobody acts yet: address and browser there are those of the one it is about.
_ERASE_UNNAMED = """
    UPDATE audit_personal p SET sealed = NULL, address = NULL, erased_by = %s
      FROM audit_event e
     WHERE e.person = %s AND e.actor_person IS NULL AND p.event_id = e.id
       AND p.part = 'actor' AND p.sealed IS NOT NULL
"""


def erase_personal(*, actor: Actor, person: UUID, basis: str) -> int:
    """Destroy salts and clear values of one person in the whole log; proofs stay valid.

    `basis` is the decision or article it rests on (Law 27/2022 articles 8, 43 and 44). Files of
    entries that were made before it, and kept searches that name the person, go with them.

    :raises Refused: for others than the platform administrator and the system.
    """
    require(actor, Can.ERASE)
    with transaction.atomic(), connection.cursor() as cursor:
        # A month that is coming back is waited for: its parts are the person's too.
        take_turn()
        cursor.execute("SELECT count(*) FROM audit_personal WHERE person = %s", [person])
        total = (cursor.fetchone() or (0,))[0]
        facts = {"basis": basis, "entries": total, **drop_copies(person)}
        receipt = record(actor, events.ERASED, Subject("person", str(person)), facts=facts)
        cursor.execute(_ERASE, [receipt, person])
        erased: int = cursor.rowcount
        cursor.execute(_ERASE_UNNAMED, [receipt, person])
        return erased + int(cursor.rowcount)
