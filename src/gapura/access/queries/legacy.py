"""The account of the platform of before that a person has linked."""

from dataclasses import dataclass
from datetime import datetime

from gapura.access.forms import SIRUP
from gapura.access.models import LegacyLink
from gapura.access.permissions import Can
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class LegacyAccount:
    """Its username there, and when it was linked."""

    username: str
    linked_at: datetime


def legacy_account(actor: Actor) -> LegacyAccount | None:
    """The actor's own linked account of SiRUP, if there is one."""
    require(actor, Can.SEE_OWN)
    row = LegacyLink.objects.filter(platform=SIRUP, person=actor.who).first()
    return LegacyAccount(row.username, row.linked_at) if row else None
