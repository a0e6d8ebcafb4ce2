"""Files of entries: asking for one and fetching it; exporting.py makes them."""

import json
from dataclasses import asdict
from datetime import date
from io import BytesIO
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.audit import events
from gapura.audit.assignments.letters import counting_assignment
from gapura.audit.assignments.mandates import mandate_facts, mandate_of
from gapura.audit.errors import (
    BadExport,
    ExportOpen,
    NoSuchAssignment,
    NoSuchExport,
    NothingToExport,
    ReasonMissing,
    TooManyRows,
)
from gapura.audit.events import Event, Subject
from gapura.audit.exports.packing import pack, unpack
from gapura.audit.exports.reads import (
    COMPRESSED,
    LEAST_REASON,
    LONGEST_REASON,
    MEDIA_TYPES,
    MOST_ROWS,
    ExportFile,
    own_export,
    part_context,
    view_of,
)
from gapura.audit.models import Export, ExportPart
from gapura.audit.models.searches import FORMATS
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.audit.search.explorer import Filters, Whose, count_found
from gapura.audit.search.looks import whom
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.encryption import open_sealed
from gapura.kernel.ids import uuid7
from gapura.kernel.jobs import enqueue
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.kernel.references import next_reference

_TRIES = throttle.Limit("audit.export", 20, 3600)


def ask_for_export(*, actor: Actor, filters: Filters, form: str, reason: str) -> UUID:
    """Let a job write the entries of a search to a file; answers its id.

    `form` is one of FORMATS; personal values come as the actor may see them now.

    :raises Refused: without a role that oversees a log.
    :raises BadExport: no reason, no entry, or more than 100,000, by field.
    :raises ExportOpen: another file of the actor's is being made.
    :raises TooMany: more than 20 in an hour.
    """
    require(actor, Can.EXPORT)
    if form not in FORMATS:
        raise ValueError(form)
    throttle.count(_TRIES, str(actor.who))
    key = uuid7()
    rows = count_found(actor, filters, Whose.OVERSEEN, MOST_ROWS + 1, upto=key)
    reason = _checked(reason, rows)
    row = _ordered(actor, key, filters, form)
    row.reason, row.expected = reason, rows
    with transaction.atomic():
        row.number = next_reference("EKS")
        _put(row)
        facts = {"rows": rows, "format": form, "filters": filters.given(), "reason": reason}
        note_export(actor, events.EXPORT_ASKED, row, **facts)
        enqueue("audit.make_export", export=str(key))
    return key


def _ordered(actor: Actor, key: UUID, filters: Filters, form: str) -> Export:
    """The row of a file, with who asks and what they may read."""
    mandate = mandate_of(actor)
    return Export(
        id=key,
        person=actor.who,
        actor=_kept(actor),
        role=actor.role,
        agency=actor.agency,
        assignment=mandate.id if mandate else None,
        format=form,
        language=actor.language,
        filters=pack(filters),
        asked_at=clock.now(),
    )


def fetch_export(*, actor: Actor, export_id: UUID) -> ExportFile:
    """The file; that it was fetched is recorded.

    What was made under an assignment is fetched under it, while it and its letter are in force.

    :raises NoSuchExport: not the actor's, not made, or deleted.
    :raises NoSuchAssignment: the actor does not read under that assignment, or it has ended.
    """
    with transaction.atomic():
        row = own_export(actor, export_id)
        if not view_of(row).can_be_fetched:
            raise NoSuchExport()
        _demand_assignment(actor, row)
        content = _opened(row)
        note_export(actor, events.EXPORT_FETCHED, row, digest=row.sha256)
    packed = row.format in COMPRESSED
    return ExportFile(f"{row.number}.{row.format}", MEDIA_TYPES[row.format], content, packed)


def _demand_assignment(actor: Actor, row: Export) -> None:
    if row.assignment is None:
        return
    mandate = mandate_of(actor)
    if mandate is None or mandate.id != row.assignment:
        raise NoSuchAssignment()
    counting_assignment(actor, row.assignment)


def _opened(row: Export) -> bytes:
    """The whole file, piece after piece into one buffer: the web process holds it once."""
    parts = ExportPart.objects.filter(export_id=row.id).order_by("place")
    whole = BytesIO()
    for place, sealed in parts.values_list("place", "sealed").iterator(chunk_size=1):
        whole.write(open_sealed(bytes(sealed), part_context(row.id, place)))
    return whole.getvalue()


def note_export(actor: Actor, event: Event, row: Export, **facts: Any) -> None:
    """One event about a file, with the one person whose entries were asked for, if it is so."""
    person = whom(actor, unpack(row.filters))
    subject, told = Subject("log_export", str(row.id), row.number), {**facts}
    if "assignment" in event.facts:
        told |= mandate_facts(actor)
    record(actor, event, subject, facts=told, agency=row.agency, person=person)


def _put(row: Export) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ExportOpen() from error


def _checked(reason: str, rows: int) -> str:
    reason = " ".join("".join(c if c.isprintable() else " " for c in reason).split())
    wrong: dict[str, Problem | str] = {}
    if not LEAST_REASON <= len(reason) <= LONGEST_REASON:
        wrong["reason"] = ReasonMissing(least=LEAST_REASON, limit=LONGEST_REASON)
    if rows > MOST_ROWS:
        wrong["form"] = TooManyRows(limit=MOST_ROWS)
    elif not rows:
        wrong["form"] = NothingToExport()
    if wrong:
        raise BadExport(wrong)
    return reason


def _kept(actor: Actor) -> str:
    """Who asked, for the job: the person with the one grant they used, no session."""
    grant = asdict(actor.grant) if actor.grant else {}
    plain = {n: v for n, v in grant.items() if isinstance(v, str | int | UUID | date)}
    told = {"username": actor.username, "name": actor.name, "acr": actor.acr, "grant": plain}
    return json.dumps(told, default=str)
