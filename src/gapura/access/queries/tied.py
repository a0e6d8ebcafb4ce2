"""Whether an account is tied to a role at all: more than one mailbox may be worth."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from gapura.access.queries.grants import with_stops
from gapura.access.states import LIVE_GRANT


def has_role(person_id: UUID, at: datetime) -> bool:
    """A role that works, waits to be activated, is suspended, or is held up by what it rests on.

    Only one whose days are over, or that was revoked, can never work again.
    """
    live = with_stops(at).filter(state__in=LIVE_GRANT, superseded_at__isnull=True)
    goes_on = Q(valid__upper_inf=True) | Q(valid__endswith__gt=F("day"))
    return live.filter(goes_on, person=person_id).exists()
