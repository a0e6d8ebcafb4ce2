"""On its day a change happens: names and tree first, then the requests that wait there."""

import logging
from contextlib import suppress
from uuid import UUID

from django.db import transaction

from gapura.access.services import follow_unit
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import require
from gapura.organizations.errors import NoSuchChange
from gapura.organizations.permissions import Can
from gapura.organizations.queries import changes_due
from gapura.organizations.services import apply_change

_SYSTEM = system_actor("places")
log = logging.getLogger(__name__)


def follow_changes(*, actor: Actor) -> int:
    """Let up to a hundred changes happen whose day has come; answers how many did.

    Whose day has not begun in its own zone waits; what somebody else did meanwhile is left. Each is
    a transaction of its own: one that fails is logged and does not hold up the others. Only the
    system does this.
    """
    require(actor, Can.APPLY_CHANGE)
    return sum(_followed(change) for change in changes_due())


def _followed(change: UUID) -> bool:
    try:
        return follow_change(change)
    except Exception:
        log.exception("the change %s of a place could not happen", change)
        return False


def follow_change(change: UUID) -> bool:
    """Let one change happen if its day has come; true when it did."""
    with suppress(NoSuchChange), transaction.atomic():
        row = apply_change(actor=_SYSTEM, change=change)
        if row.kind == "merged" and row.unit_id and row.successor_id:
            follow_unit(actor=_SYSTEM, unit=row.unit_id, successor=row.successor_id)
        return row.applied_at is not None
    return False
