"""What jobs do with a file of officers: judge it batch by batch, then name batch by batch."""

import base64
import json
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.models import AccessRule, Appointment, Import, ImportLine
from gapura.access.officers import COLUMNS
from gapura.access.permissions import Can
from gapura.access.queries.judging import Judge
from gapura.access.rules.sheets import Line, Unreadable, read_lines
from gapura.access.services.imports import note_import, said_of
from gapura.access.services.officers import BATCH, named_facts, note_officers, rows_of
from gapura.access.states import IMPORT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.organizations.services import hold_letter


def judge_import(*, actor: Actor, import_id: UUID) -> None:
    """Read a file and write down what is wrong with each line. Nobody is named.

    Batches of BATCH lines, each in a transaction of its own; begun again after an interruption, it
    goes on behind the last one. For the system.
    """
    require(actor, Can.JUDGE_IMPORT)
    run = _run(import_id, "judging")
    if run is None or run.content is None:
        return
    most = AccessRule.value_at("import_lines", clock.today())
    try:
        lines = read_lines(base64.b64decode(run.content), COLUMNS, most)
    except Unreadable as problem:
        _refuse(actor, import_id, str(problem))
        return
    Import.objects.filter(pk=run.pk, state="judging").update(lines=len(lines))
    judge = Judge(run.letter)
    judge.remember(lines[: run.done])
    for start in range(run.done, len(lines), BATCH):
        _judge_batch(judge, import_id, lines[start : start + BATCH], start)
    _judged(actor, import_id)


def _judge_batch(judge: Judge, import_id: UUID, lines: list[Line], start: int) -> None:
    judge.judge(lines)
    with transaction.atomic():
        run = _run(import_id, "judging", lock=True)
        # Two workers at one file: the other one has written this batch.
        if run is None or run.done != start:
            return
        ImportLine.objects.bulk_create(
            ImportLine(
                run=run,
                number=line.number,
                said=said_of(line),
                problems=line.faults,
                warnings=[] if line.faults else sorted(line.warnings),
            )
            for line in lines
        )
        run.done += len(lines)
        run.faulty += sum(1 for line in lines if line.faults)
        run.save(update_fields=["done", "faulty"])


def _judged(actor: Actor, import_id: UUID) -> None:
    with transaction.atomic():
        run = _run(import_id, "judging", lock=True)
        if run is None:
            return
        step = move(IMPORT, run, "judge", content=None)
        note_import(actor, events.IMPORT_JUDGED, run, step, lines=run.lines, faulty=run.faulty)


def _refuse(actor: Actor, import_id: UUID, code: str) -> None:
    with transaction.atomic():
        run = _run(import_id, "judging", lock=True)
        if run is None:
            return
        changes = {"content": None, "reason": code, "finished_at": clock.now()}
        step = move(IMPORT, run, "refuse", **changes)
        note_import(actor, events.IMPORT_REFUSED, run, step, reason=code)


def run_import(*, actor: Actor, import_id: UUID) -> None:
    """Name the officers of a started file, batch by batch; goes on where it was interrupted.

    Every line is judged again: what was sound in the dry run may not be any more. For the system.
    """
    require(actor, Can.JUDGE_IMPORT)
    run = _run(import_id, "running")
    if run is None:
        return
    judge = Judge(run.letter)
    while _run_batch(actor, judge, import_id):
        pass


def _run_batch(actor: Actor, judge: Judge, import_id: UUID) -> bool:
    """The next BATCH lines in one transaction; False when there are none left."""
    with transaction.atomic():
        run = _run(import_id, "running", lock=True)
        if run is None:
            return False
        letter = hold_letter(run.letter_id)
        if run.done >= run.lines or letter.state != "entered":
            _finish(actor, run)
            return False
        rows = ImportLine.objects.filter(run=run).order_by("number")
        batch = list(rows[run.done : run.done + BATCH])
        sound = [(row, _line(row)) for row in batch if not row.problems]
        officers = judge.judge([line for _row, line in sound])
        _keep_new_faults(sound)
        _appoint(actor, run, letter, [one for one in officers if one is not None])
        run.done += len(batch)
        run.faulty += sum(1 for one in officers if one is None)
        run.save(update_fields=["done", "faulty"])
    return True


def _appoint(actor: Actor, run: Import, letter: Any, officers: list[Any]) -> None:
    made = Appointment.objects.bulk_create(rows_of(letter, officers, run.started_by_id))
    names = {row.id: named_facts(row) for row in made}
    behalf = run.started_by.username
    note_officers(actor, events.NAMED, made, letter=letter.reference, facts=names, behalf=behalf)


def _keep_new_faults(sound: list[tuple[ImportLine, Line]]) -> None:
    for row, line in sound:
        if line.faults:
            row.problems = line.faults
            row.save(update_fields=["problems"])


def _finish(actor: Actor, run: Import) -> None:
    """The end: the sound lines are not kept twice; those that fell out can still be fetched."""
    named = run.done - run.faulty
    step = move(IMPORT, run, "finish", finished_at=clock.now())
    ImportLine.objects.filter(run=run, problems={}).delete()
    note_import(
        actor, events.IMPORT_FINISHED, run, step, behalf=run.started_by.username, named=named
    )


def _line(row: ImportLine) -> Line:
    return Line(row.number, json.loads(row.said))


def _run(import_id: UUID, state: str, *, lock: bool = False) -> Import | None:
    rows = Import.objects.select_related("letter__unit", "started_by")
    if lock:
        rows = rows.select_for_update(of=("self",)).defer("content")
    return rows.filter(pk=import_id, state=state).first()


def prune_lines(*, before: Any) -> int:
    """Forget the faulty lines of files that ended before a moment; answers how many lines."""
    with transaction.atomic():
        ended = Import.objects.filter(finished_at__lt=before)
        return ImportLine.objects.filter(run__in=ended).delete()[0]
