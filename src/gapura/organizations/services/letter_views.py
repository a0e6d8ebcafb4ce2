"""Looking at the file of a letter: who may, and the record of it."""

from uuid import UUID

from django.db import transaction

from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.documents.queries import Download, original_bytes, preview
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.organizations import events
from gapura.organizations.models import AppointmentLetter
from gapura.organizations.queries import register_letter_for

# A letter has up to 40 pictures and a reload fetches them again: in one hour that is one look.
_LOOK = throttle.Limit("organizations.letter.viewed", 1, 3600)


def open_letter_page(*, actor: Actor, letter_id: UUID, number: int) -> Download:
    """The picture of one page of a letter, counted from 1. Others' looking is recorded.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    :raises NoSuchDocument: no such page.
    """
    with transaction.atomic():
        return preview(_seen(actor, letter_id, "pictures"), number)


def open_letter_file(*, actor: Actor, letter_id: UUID) -> Download:
    """The letter exactly as it was handed in, for saving. Others' looking is recorded.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    """
    with transaction.atomic():
        return original_bytes(_seen(actor, letter_id, "file"))


def _seen(actor: Actor, letter_id: UUID, form: str) -> UUID:
    row = register_letter_for(actor, letter_id).row
    if row.created_by != actor.person:
        _note_look(actor, row, form)
    return row.document_id


def _note_look(actor: Actor, row: AppointmentLetter, form: str) -> None:
    try:
        throttle.count(_LOOK, f"{actor.session or actor.person}:{row.document_id}:{form}")
    except throttle.TooMany:
        return
    audit.record(
        actor,
        events.LETTER_VIEWED,
        Subject("letter", str(row.id), row.reference),
        facts={"document": str(row.document_id), "form": form},
        agency=row.agency_id,
        unit=row.unit_id or "",
        person=row.created_by,
    )
