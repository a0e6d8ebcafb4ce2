"""What this room erases of a person: words and numbers of requests, invitations, joins, letters.

That somebody asked for which role, and what was decided, stays without them: the log tells it, and
acts of procurement rest on it.
"""

from datetime import date
from typing import Any
from uuid import UUID

from gapura.access import events
from gapura.access.models import (
    AccessRequest,
    Appointment,
    ConflictFinding,
    Correction,
    ExpiryNotice,
    Grant,
    GrantPause,
    Invitation,
    JoinRequest,
    LegacyLink,
    Review,
    ReviewLine,
    SavedFilter,
    Submission,
)
from gapura.audit.services import Subject, mark, record
from gapura.kernel.actor import system_actor
from gapura.kernel.erasures import blanks, declare, deletes
from gapura.kernel.holdings import Erased
from gapura.kernel.texts import N_

_SYSTEM = system_actor("erasure")
_REQUEST: dict[str, Any] = {
    "details": {},
    "unit_npwp": None,
    "letter_draft": None,
    "document": None,
    "reason": "",
}
OTHERS = N_(
    "These are addresses of others, whom you invited: they are erased with those they belong to."
)
OFFICES = N_(
    "Which office was held when, and by which letter, is an archive of the state: acts of "
    "procurement rest on it (Law 43/2009 on archives, Law 8/1997 article 11)."
)


def erase_requests(person: UUID, day: date) -> Erased:
    """What was typed and attached. A letter on which no role rests is let go of, too."""
    rows = AccessRequest.objects.filter(person=person)
    used = Grant.objects.filter(letter__isnull=False).values("letter")
    rows.filter(letter__isnull=False).exclude(letter__in=used).update(letter=None)
    return Erased(gone=rows.update(**_REQUEST))


def erase_appointments(person: UUID, day: date) -> Erased:
    """Name, address and NIK beside a letter; the letter itself is the agency's paper."""
    gone = 0
    for row in Appointment.objects.filter(person=person).order_by("pk"):
        were = _officer(row)
        row.name, row.nik, row.nik_lookup, row.email = "", "", b"", ""
        row.save(update_fields=["name", "nik", "nik_lookup", "email"])
        facts = {"officer": _officer(row), "officer_were": were}
        subject = Subject("appointment", str(row.pk))
        record(_SYSTEM, events.APPOINTMENT_ERASED, subject, facts=facts, person=person)
        gone += 1
    return Erased(gone=gone)


def _officer(row: Appointment) -> str:
    return mark("access.appointment.officer", f"{row.pk}|{bytes(row.nik_lookup).hex()}")


declare(
    "access",
    {
        "request": erase_requests,
        "submission": blanks(Submission, "request__person", snapshot={}),
        "correction": blanks(Correction, "submission__request__person", note=""),
        "grant": blanks(Grant, end_reason=""),
        "stand_in": OFFICES,
        "pause": blanks(GrantPause, "grant__person", reason=""),
        "expiry_notice": deletes(ExpiryNotice, "grant__person"),
        "appointment": erase_appointments,
        "join_request": blanks(JoinRequest, position="", reason=""),
        "invitation": blanks(Invitation, "accepted_by", email=""),
        "invited": OTHERS,
        "review_line": blanks(ReviewLine, reason=""),
        "review_answer": OFFICES,
        "review": blanks(Review, "opened_by", reason=""),
        "conflict": blanks(ConflictFinding, "grant__person", reason=""),
        # Its number there stays linked, so that nobody claims that account again.
        "legacy": blanks(LegacyLink, username=""),
        "filter": deletes(SavedFilter),
        "import": OFFICES,
        "succession": OFFICES,
    },
)
