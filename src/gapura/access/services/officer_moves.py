"""Officers of a letter moved many at once; the rows are locked, so nobody moves them meanwhile."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from gapura.access import events
from gapura.access.models import Appointment, Grant
from gapura.access.services.entries import given_by
from gapura.access.services.officers import BATCH, note_officers
from gapura.access.states import APPOINTMENT
from gapura.accounts.queries import NikHolder
from gapura.kernel import clock
from gapura.kernel.actor import Actor

_GRANTED = """
    UPDATE access_appointment AS row
       SET person_id = made.person, grant_id = made.grant_id, state = 'granted', obstacle = '',
           told_at = NULL
      FROM unnest(%b::uuid[], %b::uuid[], %b::uuid[]) AS made (id, person, grant_id)
     WHERE row.id = made.id AND row.state = 'named'
"""
Made = tuple[Appointment, NikHolder, Grant]


def withdraw_named(actor: Actor, letter: Any) -> int:
    """Take all off a letter who have no grant yet, because it ends; answers how many."""
    now, total = clock.now(), 0
    step = APPOINTMENT.step("named", "withdraw")
    rows = Appointment.objects.filter(letter=letter, state="named").order_by("id")
    while batch := list(rows.select_for_update().defer("nik", "nik_lookup")[:BATCH]):
        ids = [row.id for row in batch]
        Appointment.objects.filter(pk__in=ids).update(state="withdrawn", ended_at=now)
        reference = letter.reference
        note_officers(actor, events.APPOINTMENT_WITHDRAWN, batch, letter=reference, step=step)
        total += len(batch)
    return total


def grant_named(actor: Actor, made: Sequence[Made], warned: Mapping[UUID, list[str]]) -> None:
    """Write grants, what became of the appointments, and the log.

    `warned` are the codes of rules of conflict that only warn, by appointment.
    """
    if not made:
        return
    Grant.objects.bulk_create([grant for _row, _holder, grant in made])
    for row, holder, grant in made:
        row.person_id, row.grant_id, row.state = holder.id, grant.id, "granted"
    rows = [row for row, _holder, _grant in made]
    _keep_granted(rows)
    for letter in {row.letter_id: row.letter for row in rows}.values():
        note_officers(
            actor,
            events.APPOINTMENT_GRANTED,
            [row for row in rows if row.letter_id == letter.pk],
            letter=letter.reference,
            step=APPOINTMENT.step("named", "grant"),
            labels={row.id: holder.username for row, holder, _grant in made},
            facts={row.id: _facts(row, grant, warned) for row, _holder, grant in made},
        )


def _keep_granted(rows: Sequence[Appointment]) -> None:
    """As `bulk_update` would, whose expressions for each value cost more than all else here."""
    columns = zip(*((row.pk, row.person_id, row.grant_id) for row in rows), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_GRANTED, [list(column) for column in columns])


def _facts(row: Appointment, grant: Grant, warned: Mapping[UUID, list[str]]) -> dict[str, Any]:
    codes = warned.get(row.id)
    return {"grant": grant.id, **given_by(grant)} | ({"conflicts": codes} if codes else {})
