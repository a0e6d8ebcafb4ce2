"""A lock of the desk is opened by two administrators: one asks, another agrees."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from gapura.authentication import events
from gapura.authentication.errors import LiftAsked
from gapura.authentication.models import AccountLock
from gapura.authentication.permissions import Can
from gapura.authentication.queries.desk_locks import visible_lock
from gapura.authentication.services.desk_notices import tell_desk
from gapura.authentication.services.locks import lift_lock, one_at_a_time
from gapura.authentication.services.sessions import note
from gapura.authentication.services.suspicions import sound_reason
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

if TYPE_CHECKING:
    from django.db.models import QuerySet


def ask_lift(*, actor: Actor, lock_id: UUID, reason: str) -> None:
    """Ask to open the account again; another administrator has to agree.

    :raises NoSuchLock: not there, lifted, another agency's, or one's own.
    :raises Refused: a lock that is no administrator's.
    :raises BadDecision: no reason of 10 to 300 characters.
    :raises LiftAsked: somebody asked before.
    """
    with transaction.atomic():
        row = visible_lock(actor, lock_id)
        require(actor, Can.ASK_LIFT, row)
        reason = sound_reason(reason)
        rows = _still(lock_id).filter(lift_asked_at__isnull=True)
        asked = {"lift_asked_by": actor.who, "lift_asked_at": clock.now(), "lift_reason": reason}
        if not rows.update(**asked):
            raise LiftAsked()
        note(actor, events.LIFT_ASKED, row.person, reason=reason)
        link = f"/console/security/locks/{row.id}"
        tell_desk("desk_asks", row.person, but=actor.who, link=link)


def agree_lift(*, actor: Actor, lock_id: UUID) -> None:
    """Agree, and open the account; its owner is told.

    :raises NoSuchLock: as in `ask_lift`. :raises Refused: one's own wish, or nobody has asked.
    :raises LiftAsked: it was taken back meanwhile.
    """
    with transaction.atomic():
        found = visible_lock(actor, lock_id)
        # As in `lift_lock`: of two at once the second finds nothing to open.
        one_at_a_time(found.person_id)
        row = visible_lock(actor, lock_id)
        if row.lift_asked_at is None:
            raise LiftAsked()
        lift_lock(actor=actor, person=row.person_id, reason=row.lift_reason)


def keep_lock(*, actor: Actor, lock_id: UUID, reason: str) -> None:
    """It stays locked; whoever asked may take the wish back the same way.

    :raises NoSuchLock, Refused, BadDecision: as in `ask_lift`.
    :raises LiftAsked: nobody has asked, or it was decided already.
    """
    with transaction.atomic():
        row = visible_lock(actor, lock_id)
        require(actor, Can.KEEP_LOCK, row)
        reason = sound_reason(reason)
        rows = _still(lock_id).filter(lift_asked_at__isnull=False)
        if not rows.update(lift_asked_by=None, lift_asked_at=None, lift_reason=""):
            raise LiftAsked()
        note(actor, events.LOCK_KEPT, row.person, reason=reason)


def _still(lock_id: UUID) -> QuerySet[AccountLock]:
    return AccountLock.objects.filter(pk=lock_id, lifted_at__isnull=True)
