"""Whether the two people who stand for a way back may still do so: asked when it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from gapura.access.queries import active_grants
from gapura.authentication.queries.locks import lock_of
from gapura.authentication.rules import SECONDS, VOUCHERS
from gapura.kernel import clock

if TYPE_CHECKING:
    from gapura.authentication.models import Recovery


def helpers_stand(row: Recovery) -> bool:
    """Voucher and seconder both hold, now, a role with which they could do it again.

    Decided from dates and from what their grants rest on: a letter that ended, a role that was
    revoked or suspended, a person who is suspended or locked, and nobody stands there any more.
    """
    if row.vouched_by_id is None or row.seconded_by_id is None:
        return False
    return _may(row, row.vouched_by_id, VOUCHERS[row.kind]) and _may(
        row, row.seconded_by_id, SECONDS[row.kind]
    )


def _may(row: Recovery, helper: UUID, roles: frozenset[str]) -> bool:
    """The same as `policy.recovery` asks of an actor: for the agency as a whole, or the helpdesk.

    An account that is locked because somebody else was in it may have vouched for that somebody.
    """
    wide = (one for one in active_grants(helper, clock.now()) if not one.reach)
    fitting = (one for one in wide if row.kind == "operator" or one.agency == row.agency)
    return any(one.role in roles for one in fitting) and lock_of(helper) is None
