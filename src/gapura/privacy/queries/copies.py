"""Reads of copies of one's own data: how far one is, and what can be fetched."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.privacy.errors import NoSuchCopy
from gapura.privacy.models import Copy
from gapura.privacy.permissions import Can


@dataclass(frozen=True, slots=True)
class CopyView:
    """One copy. `done` of `expected` kinds of data are read; `works` while it is being made."""

    id: UUID
    reference: str
    asked_at: datetime
    done: int
    expected: int
    rows: int | None
    finished_at: datetime | None
    expires_at: datetime | None
    works: bool
    can_be_fetched: bool


def copy_for(actor: Actor, copy_id: UUID) -> CopyView:
    """One of the actor's own. One query.

    :raises NoSuchCopy: not there, or another person's.
    """
    require(actor, Can.SEE_OWN)
    row = Copy.objects.select_related("request").filter(pk=copy_id, person=actor.who).first()
    if row is None:
        raise NoSuchCopy()
    return _view(row)


def newest_copy(actor: Actor) -> CopyView | None:
    """The last one the actor asked for. One query."""
    require(actor, Can.SEE_OWN)
    row = Copy.objects.select_related("request").filter(person=actor.who).order_by("-pk").first()
    return _view(row) if row else None


def _view(row: Copy) -> CopyView:
    lasts = row.expires_at is not None and row.expires_at > clock.now()
    return CopyView(
        id=row.id,
        reference=row.request.reference,
        asked_at=row.asked_at,
        done=row.done,
        expected=row.expected,
        rows=row.rows,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
        works=row.finished_at is None,
        can_be_fetched=lasts and row.gone_at is None and row.data_id is not None,
    )
