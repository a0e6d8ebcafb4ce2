"""What nobody needs any more: partitions whose time is over, authorizations, old messages."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.sso.models import Authorization, LogoutDelivery
from gapura.sso.parts import drop_past, make_ahead
from gapura.sso.permissions import Can
from gapura.sso.protocol.records import FAMILY_LIFE

# A session lives for hours; what was given in it is kept a while for whoever looks into a case.
KEEP_AUTHORIZATIONS = timedelta(days=30)
KEEP_MESSAGES = timedelta(days=90)
_BATCH = 5000


@dataclass(frozen=True, slots=True)
class Tidied:
    """How many partitions were made and dropped, and rows deleted."""

    made: int
    dropped: int
    rows: int


def tidy(*, actor: Actor) -> Tidied:
    """Make partitions ahead, drop those that are over, delete rows past their keeping time.

    Doing it twice does no harm; what is in use at this moment is left for the next time.

    :raises Refused: for others than the system.
    """
    require(actor, Can.TIDY)
    now = clock.now()
    rows = sum(_delete(each) for each in (_authorizations(now), _messages(now)))
    return Tidied(make_ahead(now), drop_past(now), rows)


def _authorizations(now: datetime) -> QuerySet[Authorization]:
    """Those that cannot work any more, some time after they could."""
    kept = now - KEEP_AUTHORIZATIONS
    over = Q(created_at__lt=now - FAMILY_LIFE - KEEP_AUTHORIZATIONS)
    # Ended, or not offline: no session lives nearly as long.
    done = Q(created_at__lt=kept) & (Q(offline=False) | Q(ended_at__lt=kept))
    return Authorization.objects.filter(over | done)


def _messages(now: datetime) -> QuerySet[LogoutDelivery]:
    before = now - KEEP_MESSAGES
    return LogoutDelivery.objects.filter(Q(delivered_at__lt=before) | Q(dead_at__lt=before))


def _delete(rows: QuerySet[Any]) -> int:
    """In pieces, so that nobody who signs in meanwhile waits for all of them."""
    deleted = 0
    while ids := list(rows.values_list("pk", flat=True)[:_BATCH]):
        deleted += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return deleted
