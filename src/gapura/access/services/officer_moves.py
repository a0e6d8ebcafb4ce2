"""Officers of a letter moved many at once; the rows are locked, so nobody moves them meanwhile."""

from collections.abc import Sequence
from typing import Any

from gapura.access import events
from gapura.access.models import Appointment, Grant
from gapura.access.services.officers import BATCH, note_officers
from gapura.access.states import APPOINTMENT
from gapura.accounts.queries import NikHolder
from gapura.kernel import clock
from gapura.kernel.actor import Actor

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


def grant_named(actor: Actor, made: Sequence[Made]) -> None:
    """Write grants, what became of the appointments, and the log."""
    if not made:
        return
    Grant.objects.bulk_create([grant for _row, _holder, grant in made])
    for row, holder, grant in made:
        row.person_id, row.grant_id = holder.id, grant.id
        row.state = "granted"
        row.obstacle, row.told_at = "", None
    rows = [row for row, _holder, _grant in made]
    Appointment.objects.bulk_update(rows, ["person", "grant", "state", "obstacle", "told_at"])
    for letter in {row.letter_id: row.letter for row in rows}.values():
        note_officers(
            actor,
            events.APPOINTMENT_GRANTED,
            [row for row in rows if row.letter_id == letter.pk],
            letter=letter.reference,
            step=APPOINTMENT.step("named", "grant"),
            labels={row.id: holder.username for row, holder, _grant in made},
            facts={row.id: {"grant": grant.id} for row, _holder, grant in made},
        )
