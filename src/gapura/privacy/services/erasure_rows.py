"""What every step of an erasure does: lock it, record, tell."""

import hashlib
from typing import Any

from gapura.accounts.queries import person_by_id, recipient
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.kernel.actor import Actor
from gapura.notifications.services import notify
from gapura.privacy.errors.erasures import NoSuchErasure
from gapura.privacy.events import erasures as events
from gapura.privacy.models import Erasure
from gapura.privacy.states.erasures import COOLING


def locked(**which: Any) -> Erasure:
    """The one row of these columns, held until the transaction ends.

    :raises NoSuchErasure: there is none.
    """
    row = Erasure.objects.select_for_update(of=("self",)).filter(**which).first()
    if row is None:
        raise NoSuchErasure()
    return row


def hash_of(token: str) -> str:
    """What is kept of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def note(actor: Actor, event: Event, row: Erasure, facts: dict[str, Any]) -> None:
    """Record a step with the states before and after."""
    subject = Subject("erasure", str(row.pk), row.reference)
    told: dict[str, Any] = {"facts": facts, "person": row.person_id}
    if event is not events.CERTIFICATE_FETCHED:
        told["after"] = {"state": row.state}
    if row.ended_at is not None and "after" in told:
        told["before"] = {"state": COOLING}
    record(actor, event, subject, **told)


def tell(row: Erasure, what: str, link: str, **values: Any) -> None:
    """Tell the person by mail and behind the bell, as the account stands now."""
    whom = recipient(person_by_id(row.person_id))
    told = {"reference": row.reference, "name": whom.name, **values}
    notify(whom, f"privacy/mail/erasure_{what}.txt", told, link=link)
