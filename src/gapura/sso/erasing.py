"""What this room erases of a person: consents, authorizations, and messages that have arrived."""

from datetime import date
from uuid import UUID

from gapura.audit.services import Subject, record
from gapura.kernel.actor import system_actor
from gapura.kernel.erasures import declare, deletes
from gapura.kernel.holdings import Erased
from gapura.sso import events
from gapura.sso.models import Authorization, Consent
from gapura.sso.models.logout import LogoutDelivery

_SYSTEM = system_actor("erasure")


def erase_consents(person: UUID, day: date) -> Erased:
    """What applications were allowed; the log tells each consent as gone."""
    gone = 0
    for consent in Consent.objects.filter(person=person).select_related("client").order_by("pk"):
        subject = Subject("client", str(consent.client_id), consent.client.name)
        facts = {"consent": str(consent.pk), "client_id": consent.client.client_id}
        record(_SYSTEM, events.CONSENT_ERASED, subject, facts=facts, person=person)
        consent.delete()
        gone += 1
    return Erased(gone=gone)


def erase_logouts(person: UUID, day: date) -> Erased:
    """Messages that ended; one that is still on its way signs the person out and goes later."""
    ended = LogoutDelivery.objects.filter(person=person, next_at__isnull=True)
    return Erased(gone=ended.delete()[0])


declare(
    "sso",
    {
        "authorization": deletes(Authorization),
        "consent": erase_consents,
        "logout": erase_logouts,
    },
)
