"""Looking at an identity document: who may, and the record of it."""

from uuid import UUID

from django.db import transaction

from gapura.accounts import events
from gapura.accounts.permissions import Can
from gapura.accounts.queries.cases import visible_case
from gapura.accounts.services.rows import record
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import Download, preview
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

# A reload fetches every page again: in one hour that is one look.
_LOOK = throttle.Limit("accounts.document.viewed", 1, 3600)


def open_document_page(*, actor: Actor, case_id: UUID, number: int) -> Download:
    """The picture of one page, counted from 1. Looking is recorded; nobody gets the file itself.

    :raises NoSuchCase: not there, or not for this actor.
    :raises NoSuchDocument: no such page, or the document was erased.
    """
    with transaction.atomic():
        return preview(_seen(actor, case_id), number)


def _seen(actor: Actor, case_id: UUID) -> UUID:
    row = visible_case(actor, case_id)
    require(actor, Can.SEE_DOCUMENT, row)
    document = row.document_id
    if document is None:
        raise NoSuchDocument()
    try:
        throttle.count(_LOOK, f"{actor.session or actor.person}:{document}")
    except throttle.TooMany:
        return document
    told = {"digest": row.sha256}
    record(actor, events.DOCUMENT_VIEWED, row.person, facts=told, agency=row.agency)
    return document
