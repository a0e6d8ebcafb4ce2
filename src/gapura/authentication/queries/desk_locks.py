"""Locked accounts as the security desk sees them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from gapura.authentication.errors import NoSuchLock
from gapura.authentication.models import AccountLock
from gapura.authentication.permissions import Can
from gapura.authentication.queries.suspicions import scope
from gapura.kernel.actor import Actor
from gapura.kernel.clauses import Clause
from gapura.kernel.permissions import decide, may, require

if TYPE_CHECKING:
    from django.db.models import QuerySet

_MOST = 200


@dataclass(frozen=True, slots=True)
class LockedView:
    """One locked account: `why` is a code of `rules.LOCKS`, `asked_by` who wants it opened.

    `obstacles` are why the actor cannot agree; they are told where somebody asked.
    """

    id: UUID
    person: UUID
    name: str
    username: str
    agency: str
    why: str
    reason: str
    locked_at: datetime
    locked_by: str
    asked_by: str
    asked_at: datetime | None
    lift_reason: str
    may_ask: bool = False
    may_agree: bool = False
    may_keep: bool = False
    obstacles: tuple[Clause, ...] = ()


def locks_for(actor: Actor) -> tuple[LockedView, ...]:
    """Accounts that are locked now, the newest first, at most 200; those to agree to come first.

    :raises Refused: for others than administrators.
    """
    require(actor, Can.LIST_SUSPICIONS)
    rows = _rows().filter(scope(actor)).order_by("lift_asked_at", "-locked_at")[:_MOST]
    return tuple(_view(row) for row in rows)


def lock_for(actor: Actor, lock_id: UUID) -> LockedView:
    """One of them, with what the actor may do.

    :raises NoSuchLock: lifted, another agency's, or one's own.
    """
    row = visible_lock(actor, lock_id)
    asked = row.lift_asked_at is not None
    return replace(
        _view(row),
        may_ask=not asked and may(actor, Can.ASK_LIFT, row),
        may_agree=asked and may(actor, Can.LIFT_LOCK, row),
        may_keep=asked and may(actor, Can.KEEP_LOCK, row),
        obstacles=tuple(decide(actor, Can.LIFT_LOCK, row).missing) if asked else (),
    )


def visible_lock(actor: Actor, lock_id: UUID) -> AccountLock:
    """The row of a lock that holds, once the actor may see it.

    :raises NoSuchLock: lifted, another agency's, or one's own.
    """
    row = _rows().filter(pk=lock_id).first()
    if row is None or not may(actor, Can.SEE_LOCK, row):
        raise NoSuchLock()
    return row


def _rows() -> QuerySet[AccountLock]:
    rows = AccountLock.objects.filter(lifted_at__isnull=True)
    return rows.select_related("person", "locked_by", "lift_asked_by")


def _view(row: AccountLock) -> LockedView:
    return LockedView(
        id=row.id,
        person=row.person_id,
        name=row.person.name,
        username=row.person.username,
        agency=row.person.agency,
        why=row.why,
        reason=row.reason,
        locked_at=row.locked_at,
        locked_by=row.locked_by.name if row.locked_by else "",
        asked_by=row.lift_asked_by.name if row.lift_asked_by else "",
        asked_at=row.lift_asked_at,
        lift_reason=row.lift_reason,
    )
