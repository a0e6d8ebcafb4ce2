"""A file of officers: handed in, judged without any effect, then taken over or dropped."""

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.access import events
from gapura.access.errors import ImportOpen, LinesFaulty, NoSuchImport, NotTaken
from gapura.access.models import Appointment, Import, ImportLine
from gapura.access.permissions import Can
from gapura.access.rules.officers import safe_cell
from gapura.access.rules.sheets import LARGEST_FILE, MEBIBYTE
from gapura.access.services.appointments import open_letter_for
from gapura.access.states import IMPORT
from gapura.audit.events import Event, Subject
from gapura.audit.services import record
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.states import Step
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.queries import register_letter_for

_LONGEST_NAME = 150
# Each costs the worker up to a minute.
_TRIES = throttle.Limit("access.import", 30, 3600)


def begin_import(*, actor: Actor, letter_id: UUID, name: str, content: bytes) -> UUID:
    """Keep a file of officers and let a job judge it; answers the import's id. Nobody is named.

    :raises NoSuchLetter, Refused, LetterNotOpen: see `appointments.open_letter_for`.
    :raises ImportOpen: another file of this letter is not done with.
    :raises NotTaken: empty, or too large.
    :raises TooMany: more than 30 in an hour.
    """
    throttle.count(_TRIES, str(actor.who))
    if not 0 < len(content) <= LARGEST_FILE:
        raise NotTaken(limit=LARGEST_FILE // MEBIBYTE)
    with transaction.atomic():
        letter = open_letter_for(actor, letter_id)
        require(actor, Can.IMPORT, letter)
        run = _kept(actor, letter, name, content)
        note_import(actor, events.IMPORT_BEGUN, run, file_hash=run.file_hash)
        enqueue("access.judge_import", run=str(run.id))
        return run.id


def _kept(actor: Actor, letter: Any, name: str, content: bytes) -> Import:
    tidy = "".join(c for c in name if c.isprintable()).strip()[-_LONGEST_NAME:]
    try:
        with transaction.atomic():
            return Import.objects.create(
                letter=letter,
                file_name=tidy or "-",
                file_hash=hashlib.sha256(content).hexdigest(),
                started_by_id=actor.who,
                created_at=clock.now(),
                content=base64.b64encode(content).decode(),
            )
    except IntegrityError as error:
        raise ImportOpen() from error


def copy_officers(*, actor: Actor, letter_id: UUID, source: UUID) -> UUID:
    """Name the officers of an earlier letter in a new one, for all its days; they are judged first.

    Those who declined or were taken off are left out, and so is standing in. Answers the import.

    :raises NoSuchLetter, Refused, LetterNotOpen, ImportOpen: as `begin_import`.
    :raises NotTaken: the earlier letter names nobody.
    """
    earlier = register_letter_for(actor, source)
    rows = Appointment.objects.filter(letter=source, standing="definitive")
    rows = rows.exclude(state__in=("withdrawn", "declined")).order_by("name", "id")
    cells = (
        (row.nik, row.name, row.email, row.role, row.unit_id or "")
        for row in rows.only("nik", "name", "email", "role", "unit_id").iterator()
    )
    lines = [",".join(_quoted(text) for text in line) for line in cells]
    if not lines:
        raise NotTaken(limit=LARGEST_FILE // MEBIBYTE)
    content = "\n".join(["NIK,Nama,Email,Peran,Unit", *lines]).encode()
    name = f"{earlier.said.reference}.csv"
    return begin_import(actor=actor, letter_id=letter_id, name=name, content=content)


def _quoted(text: str) -> str:
    return '"' + safe_cell(text).replace('"', '""') + '"'


def start_import(*, actor: Actor, import_id: UUID, leave_out: bool = False) -> None:
    """Let a job name the officers of a judged file. `leave_out`: the faulty lines are passed over.

    :raises NoSuchImport, Refused, LetterNotOpen: not the actor's; the letter is decided.
    :raises LinesFaulty: there are faulty lines and nobody said to leave them out, or only such.
    :raises NoSuchMove: not judged yet, or started, dropped or refused already.
    """
    with transaction.atomic():
        run = _held(actor, import_id)
        open_letter_for(actor, run.letter_id)
        lines, faulty = run.lines, run.faulty
        if run.state == "judged" and ((faulty and not leave_out) or faulty == lines):
            raise LinesFaulty(faulty=faulty, lines=lines)
        step = move(IMPORT, run, "start", done=0)
        note_import(actor, events.IMPORT_STARTED, run, step, lines=lines, faulty=faulty)
        enqueue("access.run_import", run=str(run.id))


def drop_import(*, actor: Actor, import_id: UUID) -> None:
    """Forget a judged file; nobody was named.

    :raises NoSuchImport, Refused: not the actor's to see or do.
    :raises NoSuchMove: not judged yet, or started, dropped or refused already.
    """
    with transaction.atomic():
        run = _held(actor, import_id)
        _drop(actor, run)


def drop_judged(letter: Any) -> None:
    """Forget a judged file that nobody started, because its letter is decided now."""
    for run in Import.objects.select_for_update().filter(letter=letter, state="judged"):
        _drop(system_actor("letters"), run)


def drop_forgotten(*, actor: Actor, before: Any) -> int:
    """Forget judged files handed in before a moment: their lines hold identity numbers."""
    with transaction.atomic():
        rows = Import.objects.select_for_update(skip_locked=True)
        runs = list(rows.filter(state="judged", created_at__lt=before)[:100])
        for run in runs:
            _drop(actor, run)
    return len(runs)


def _drop(actor: Actor, run: Import) -> None:
    require(actor, Can.IMPORT, run.letter)
    step = move(IMPORT, run, "drop", finished_at=clock.now())
    ImportLine.objects.filter(run=run).delete()
    note_import(actor, events.IMPORT_DROPPED, run, step)


def _held(actor: Actor, import_id: UUID) -> Import:
    rows = Import.objects.select_for_update(of=("self",)).select_related("letter").defer("content")
    run = rows.filter(pk=import_id).first()
    if run is None:
        raise NoSuchImport()
    try:
        register_letter_for(actor, run.letter_id)
    except NoSuchLetter as error:
        raise NoSuchImport() from error
    require(actor, Can.IMPORT, run.letter)
    return run


def note_import(
    actor: Actor,
    event: Event,
    run: Import,
    step: Step | None = None,
    behalf: str = "",
    **facts: Any,
) -> None:
    """One event about a file of officers."""
    states: dict[str, Any] = {}
    if step is not None:
        states = {"before": {"state": step.source}, "after": {"state": step.target}}
    letter: Any = run.letter
    told: Mapping[str, Any] = {"letter": letter.reference, **facts}
    record(
        actor,
        event,
        Subject("import", str(run.id), letter.reference),
        facts=told,
        agency=letter.agency_id,
        unit=letter.unit_id or "",
        person=run.started_by_id,
        on_behalf_of=behalf,
        **states,
    )


def said_of(line: Any) -> str:
    """The cells of a line as sealed text."""
    return json.dumps(asdict(line)["cells"], ensure_ascii=False)
