"""Telling officers what a letter gives them, and inviting those who have no account yet."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from gapura.access.models import AccessRule, Appointment
from gapura.access.roles import ROLES
from gapura.accounts.queries import people_by_id, recipient
from gapura.kernel import clock
from gapura.kernel.texts import said
from gapura.notifications.services import Message, Recipient, notify_many

TELLING = 500


def tell_officers(*, letter_id: UUID) -> int:
    """Tell the next TELLING officers of a checked letter; answers how many. Nobody is told twice.

    Who has a grant waiting gets a mail and a notice; who has no account, an invitation where an
    address is given.
    """
    waits = Q(state="granted", grant__state="approved")
    unknown = Q(state="named", person__isnull=True, obstacle="") & ~Q(email="")
    with transaction.atomic():
        rows = Appointment.objects.filter(
            waits | unknown, letter=letter_id, letter__state="checked", told_at__isnull=True
        )
        rows = rows.select_for_update(of=("self",), skip_locked=True).defer("nik")
        found = list(rows.select_related("letter", "agency", "unit").order_by("id")[:TELLING])
        people = people_by_id({row.person_id for row in found if row.person_id})
        days = AccessRule.value_at("activation_days", clock.today())
        notify_many(_message(row, _whom(row, people), days) for row in found)
        Appointment.objects.filter(pk__in=[row.pk for row in found]).update(told_at=clock.now())
    return len(found)


def _whom(row: Appointment, people: Mapping[UUID, Any]) -> Recipient:
    known = people.get(row.person_id) if row.person_id else None
    return recipient(known) if known else Recipient(None, row.name, row.email)


def _message(row: Appointment, whom: Recipient, days: int) -> Message:
    granted = row.state == "granted"
    with override(whom.language):
        role = said(ROLES[row.role].name)
    context = {
        "role": role,
        "place": row.unit.name if row.unit else row.agency.name,
        "agency": row.agency.name,
        "number": row.letter.number,
        "days": days,
    }
    template = "appointment_granted" if granted else "appointment_invited"
    link = f"/letters/appointments/{row.id}" if granted else "/register"
    return Message(whom, f"access/mail/{template}.txt", context, link=link)
