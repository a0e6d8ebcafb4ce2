"""How what happens to officers of letters is written down and told to the activity log."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from gapura.access.models import Appointment
from gapura.access.queries.officer_lines import Officer
from gapura.audit.events import Event, Subject
from gapura.audit.services import compose, mark, record_all
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.states import Step

BATCH = 1000


def _whose(row: Appointment) -> dict[str, Any]:
    """Whose readers get to see it."""
    return {"agency": row.agency_id, "unit": row.unit_id or "", "person": row.person_id}


def note_officers(
    actor: Actor,
    event: Event,
    rows: Iterable[Appointment],
    *,
    letter: str,
    step: Step | None = None,
    labels: Mapping[UUID, str] | None = None,
    behalf: str = "",
    facts: Mapping[UUID, Mapping[str, Any]] | None = None,
) -> None:
    """One event for each of many officers in a few statements.

    `letter` is a reference, `facts` adds to those of single rows, `labels` are what these are
    called (else the letter), `behalf` is the username for whom the system acts.
    """
    states, more, called = states_of(step), facts or {}, labels or {}
    entries = (
        compose(
            actor,
            event,
            Subject("appointment", str(row.id), called.get(row.id, letter)),
            facts=_facts(row, letter) | dict(more.get(row.id, {})),
            **_whose(row),
            on_behalf_of=behalf,
            **states,
        )
        for row in rows
    )
    record_all(event, entries)


def states_of(step: Step | None) -> dict[str, Any]:
    """A move as the log keeps it; nothing without one."""
    if step is None:
        return {}
    return {"before": {"state": step.source}, "after": {"state": step.target}}


def _facts(row: Appointment, letter: str) -> dict[str, Any]:
    place = {"agency": row.agency_id, "unit": row.unit_id or ""}
    return {"role": row.role, **place, "letter": letter}


def named_facts(row: Appointment) -> dict[str, Any]:
    """What a new row (of `rows_of`) says of the office and, in a fingerprint, of the officer."""
    first, after = row.valid
    return {
        "name": row.name,
        "letter_id": row.letter_id,
        "since": first,
        "until": after - timedelta(days=1),
        "standing": row.standing,
        "principal": row.principal_id or "",
        "officer": mark("access.appointment.officer", f"{row.id}|{bytes(row.nik_lookup).hex()}"),
    }


def rows_of(letter: Any, officers: Sequence[Officer], named_by: UUID) -> list[Appointment]:
    """New rows for sound officers of a letter (its row); nothing is written."""
    now = clock.now()
    return [
        Appointment(
            letter_id=letter.pk,
            name=one.name,
            nik=one.nik,
            nik_lookup=one.key,
            email=one.email,
            role=one.role,
            agency_id=letter.agency_id,
            unit_id=one.unit or None,
            standing=one.standing,
            principal_id=one.principal,
            valid=(one.first, one.after),
            named_by_id=named_by,
            named_at=now,
        )
        for one in officers
    ]
