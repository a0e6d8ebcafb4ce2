"""What this room erases of a person: words and numbers of requests, invitations, joins, letters.

That somebody asked for which role, and what was decided, stays without them: the log tells it, and
acts of procurement rest on it.
"""

from datetime import date
from uuid import UUID

from gapura.access import events
from gapura.access.models import (
    AccessRequest,
    Appointment,
    Correction,
    Invitation,
    JoinRequest,
    LegacyLink,
    Submission,
)
from gapura.audit.services import Subject, mark, record
from gapura.kernel.actor import system_actor
from gapura.kernel.holdings import Erased
from gapura.kernel.texts import N_

_SYSTEM = system_actor("erasure")
_REQUEST = {
    "details": {},
    "unit_npwp": None,
    "letter_draft": None,
    "document": None,
    "reason": "",
}
OFFICES = N_(
    "Which office was held when, and by which letter, is an archive of the state: acts of "
    "procurement rest on it (Law 43/2009 on archives, Law 8/1997 article 11)."
)


def erase_requests(person: UUID, day: date) -> Erased:
    """What was typed and attached, in every version of it."""
    rows = AccessRequest.objects.filter(person=person)
    sent = Submission.objects.filter(request__person=person)
    Correction.objects.filter(submission__in=sent).update(note="")
    sent.update(snapshot={})
    return Erased(gone=rows.update(**_REQUEST))


def erase_company_ways(person: UUID, day: date) -> Erased:
    """Invitations that the person accepted and requests to be admitted."""
    gone = Invitation.objects.filter(accepted_by=person).update(email="")
    gone += JoinRequest.objects.filter(person=person).update(position="", reason="")
    return Erased(gone=gone)


def erase_legacy(person: UUID, day: date) -> Erased:
    """The name on a platform of before; its number stays linked, so that nobody claims it again."""
    return Erased(gone=LegacyLink.objects.filter(person=person).update(username=""))


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
