"""How an identity document's case ends: with its bytes erased, its SHA-256 and result kept."""

from typing import Any
from uuid import UUID

from gapura.accounts import events
from gapura.accounts.models import IdentityCase, Person
from gapura.accounts.services.rows import record
from gapura.accounts.states import CASE, OPEN_CASE
from gapura.audit.events import Event
from gapura.documents.services import erase
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move


def end_case(
    actor: Actor, row: IdentityCase, verb: str, event: Event, facts: dict[str, Any], **changes: Any
) -> UUID:
    """Move the locked case to its end, and erase the document: it shows a face.

    Answers the id of the entry that tells of it.
    """
    document = row.document_id
    step = move(CASE, row, verb, document_id=None, ended_at=clock.now(), **changes)
    states = {"before": {"state": step.source}, "after": {"state": step.target}}
    entry = record(actor, event, row.person, facts=facts, agency=row.agency, **states)
    if document is not None:
        erase(documents=[document])
        told = {"digest": row.sha256}
        record(actor, events.DOCUMENT_ERASED, row.person, facts=told, agency=row.agency)
    return entry


def overtake_case(actor: Actor, person: Person) -> None:
    """The identity was settled otherwise: nobody needs to look at the document any more.

    The caller holds the person's row, which comes before the case's.
    """
    rows = IdentityCase.objects.select_for_update().filter(person=person, state__in=OPEN_CASE)
    for row in rows:
        facts = {"state": person.state}
        end_case(actor, row, "overtake", events.CASE_OVERTAKEN, facts)
