"""The own telephone number, and the one that waits for its code."""

from dataclasses import dataclass
from datetime import datetime

from gapura.accounts.models import PhoneCode
from gapura.accounts.permissions import Can
from gapura.accounts.queries.people import person_by_id
from gapura.accounts.queries.views import IdentityCheck
from gapura.accounts.rules import masked
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class PhoneView:
    """Numbers masked. `waiting` and `channel` are empty when no number waits for its code."""

    phone: str
    verified_at: datetime | None
    waiting: str = ""
    channel: str = ""
    expires_at: datetime | None = None


def own_phone(actor: Actor) -> PhoneView:
    """The actor's number.

    :raises Refused: without a fresh proof, or not by the app or passkey that the person has.
    """
    person = person_by_id(actor.who)
    require(actor, Can.CHANGE_PHONE, IdentityCheck(person))
    now = masked(person.phone), person.phone_verified_at
    row = PhoneCode.objects.filter(person=person, used_at__isnull=True).first()
    if row is None:
        return PhoneView(*now)
    return PhoneView(*now, masked(row.phone), row.channel, row.expires_at)
