"""By which way this room erases each thing it holds of a person."""

from datetime import date
from uuid import UUID

from gapura.audit.services import Subject, record
from gapura.kernel.actor import system_actor
from gapura.kernel.erasures import declare, deletes
from gapura.kernel.holdings import Erased
from gapura.kernel.texts import N_
from gapura.organizations import events
from gapura.organizations.models import AppointmentLetter, CompanyApplication

LETTERS = N_(
    "A role rests on this letter, or it stands in its agency's register: an archive of the state "
    "(Law 43/2009 on archives)."
)
_SYSTEM = system_actor("erasure")


def erase_letters(person: UUID, day: date) -> Erased:
    """One's own copies of letters on which nothing rests; the log tells each as gone."""
    rows = list(AppointmentLetter.objects.filter(created_by=person).order_by("pk"))
    mine, needed = {row.pk for row in rows if not row.state}, set()
    for link in AppointmentLetter._meta.related_objects:
        column = link.field.attname
        above = link.related_model._default_manager.filter(**{f"{column}__in": mine})
        needed |= set(above.values_list(column, flat=True))
    for row in rows:
        if row.pk in mine - needed:
            subject = Subject("letter", str(row.pk), row.reference)
            record(_SYSTEM, events.LETTER_ERASED, subject, person=person)
            row.delete()
    kept = len(rows) - len(mine - needed)
    return Erased(len(mine - needed), kept, because=LETTERS if kept else "")


declare(
    "organizations",
    {
        "letter": erase_letters,
        "company": N_(
            "A company is registered for itself; its papers are kept with its orders "
            "(Law 8/1997 article 11)."
        ),
        "application": deletes(CompanyApplication),
    },
)
