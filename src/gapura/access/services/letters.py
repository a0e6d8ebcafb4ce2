"""Looking at the letter of a request: who may, and the record of it."""

from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.models import AccessRequest, Submission
from gapura.access.permissions import Can
from gapura.access.queries.requests import visible_request
from gapura.access.services.entries import note
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import Download, original_bytes, preview
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

# A letter has up to 40 pictures and a reload fetches them again: in one hour that is one look.
_LOOK = throttle.Limit("access.letter.viewed", 1, 3600)


def open_page(*, actor: Actor, request_id: UUID, number: int) -> Download:
    """The picture of one page of the letter, counted from 1. Others' looking is recorded.

    :raises NoSuchRequest: not there, or not for this actor.
    :raises NoSuchDocument: no letter yet, or no such page.
    """
    with transaction.atomic():
        return preview(_seen(actor, request_id, "pictures"), number)


def open_letter(*, actor: Actor, request_id: UUID) -> Download:
    """The letter exactly as it was handed in, for saving. Others' looking is recorded.

    :raises NoSuchRequest: not there, or not for this actor.
    :raises NoSuchDocument: no letter yet.
    """
    with transaction.atomic():
        return original_bytes(_seen(actor, request_id, "file"))


def _seen(actor: Actor, request_id: UUID, form: str) -> UUID:
    row = visible_request(actor, request_id)
    require(actor, Can.SEE_LETTER, row)
    own = row.person_id == actor.person
    document = _own(row) if own else _sent(row)
    if document is None:
        raise NoSuchDocument()
    if not own:
        _note_look(actor, row, document, form)
    return document


def _own(row: AccessRequest) -> UUID | None:
    """The applicant's own scan. A letter of the register names others, so it is not theirs."""
    registered = row.letter is not None and bool(row.letter.state)
    return None if registered else row.document_id


def _sent(row: AccessRequest) -> UUID | None:
    """The letter of the version that was sent in; a newer one is not for others to see yet."""
    versions = Submission.objects.filter(request=row).order_by("-number")
    found = versions.values_list("snapshot__document", flat=True).first()
    return UUID(found) if found else None


def _note_look(actor: Actor, row: AccessRequest, document: UUID, form: str) -> None:
    try:
        throttle.count(_LOOK, f"{actor.session or actor.person}:{document}:{form}")
    except throttle.TooMany:
        return
    note(actor, events.LETTER_VIEWED, row, document=str(document), form=form)
