"""What this room erases of a person: what they asked, and what they were answered."""

import secrets
from datetime import date
from uuid import UUID

from gapura.audit.services import Subject, record
from gapura.helpdesk import events
from gapura.helpdesk.models import Answer, Case
from gapura.helpdesk.states import CASE, CLOSED
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.erasures import blanks, declare
from gapura.kernel.holdings import Erased
from gapura.kernel.moves import move

_SYSTEM = system_actor("erasure")
_FINGERPRINT = 32


def erase_cases(person: UUID, day: date) -> Erased:
    """Open cases are closed; of all, name, address and question go. Reference and topic
    stay, for the count.
    """
    rows = list(Case.objects.filter(person=person).order_by("pk"))
    for row in rows:
        if row.state != CLOSED:
            move(CASE, row, "close", closed_at=clock.now())
            subject = Subject("case", row.reference, row.reference)
            record(_SYSTEM, events.CLOSED, subject, agency=row.agency)
        row.name = row.email = row.text = ""
        row.fingerprint = secrets.token_bytes(_FINGERPRINT)
        row.save(update_fields=["name", "email", "text", "fingerprint"])
    return Erased(gone=len(rows))


declare(
    "helpdesk",
    {"answer": blanks(Answer, "case__person", text=""), "case": erase_cases},
)
