"""Placing a hold on an account and lifting it: parts of verbs that ask their own permission."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.models import Person, PersonHold
from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.holds import kinds


def place_hold(
    *,
    actor: Actor,
    person_id: UUID,
    kind: str,
    source: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> None:
    """Keep a person from writing, or from binding deeds, as the kind says, until `ends_at`.

    The same cause (`source`) placed again changes nothing. The caller asked its own permission.

    :raises LookupError: a kind that no room declared in `kernel.holds`.
    """
    if kind not in kinds():
        raise LookupError(f"no hold of kind {kind!r}")
    row = PersonHold(
        person_id=person_id,
        kind=kind,
        source=source,
        starts_at=starts_at or clock.now(),
        ends_at=ends_at,
    )
    with transaction.atomic():
        PersonHold.objects.bulk_create([row], ignore_conflicts=True)
        if PersonHold.objects.filter(pk=row.pk).exists():
            facts = {"kind": kind, "starts_at": row.starts_at, "ends_at": row.ends_at}
            _note(actor, events.HOLD_PLACED, row, **facts)


def lift_hold(*, actor: Actor, person_id: UUID, kind: str, source: str) -> bool:
    """End a hold before its time; True when there was one. The caller asked its own permission."""
    with transaction.atomic():
        row = (
            PersonHold.objects.select_for_update()
            .filter(person=person_id, kind=kind, source=source, lifted_at__isnull=True)
            .first()
        )
        if row is None:
            return False
        PersonHold.objects.filter(pk=row.pk).update(lifted_at=clock.now())
        _note(actor, events.HOLD_LIFTED, row, kind=kind)
        return True


def _note(actor: Actor, event: Event, row: PersonHold, **facts: object) -> None:
    person = Person.objects.only("id", "username", "agency").get(pk=row.person_id)
    audit.record(
        actor,
        event,
        Subject("hold", str(row.pk), person.username),
        facts={**facts, "source": row.source},
        agency=person.agency,
        person=person.id,
    )
