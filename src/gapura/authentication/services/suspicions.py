"""Suspicions: found by the system, acted on by two administrators, or dismissed with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts.queries import free_text_problem, person_by_id
from gapura.audit.events import Event
from gapura.audit.queries import told_at
from gapura.authentication import events
from gapura.authentication.errors import BadDecision
from gapura.authentication.models import Suspicion
from gapura.authentication.permissions import Can
from gapura.authentication.queries.suspicions import visible_suspicion
from gapura.authentication.rules import (
    EVIDENCE_MOST,
    REASON_LEAST,
    REASON_MOST,
    SUSPICION_ACTIONS,
    SUSPICION_OPEN,
    THRESHOLDS,
)
from gapura.authentication.services.desk_notices import tell_desk
from gapura.authentication.services.remedies import carry_out, throw_out
from gapura.authentication.services.sessions import note
from gapura.authentication.states import SUSPICION
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

_REASON = N_("Write 10 to 300 characters: what you saw, and why this is the right answer to it.")
_ACT = N_("Choose what is to be done.")


@dataclass(frozen=True, slots=True)
class Sign:
    """Entries about one person that the threshold `rule` counts, and some that only explain."""

    rule: str
    person: UUID
    counted: tuple[UUID, ...]
    also: tuple[UUID, ...] = ()

    @property
    def entries(self) -> list[UUID]:
        """All of them once, the oldest first; of many the newest."""
        return sorted({*self.counted[:EVIDENCE_MOST], *self.also})[-EVIDENCE_MOST:]


def suspect(*, actor: Actor, sign: Sign) -> bool:
    """Open a suspicion, or add to the one that is open; True when it is new.

    What an administrator has decided on already is not brought up again: only newer entries count.
    """
    require(actor, Can.FIND_SUSPICION)
    rule = THRESHOLDS[sign.rule]
    with transaction.atomic():
        rows = Suspicion.objects.filter(person=sign.person, kind=rule.kind)
        row = rows.filter(state__in=SUSPICION_OPEN).select_for_update().first()
        if row is not None:
            _add(row, sign)
            return False
        decided = rows.filter(decided_at__isnull=False).order_by("-decided_at")
        last = decided.values_list("decided_at", flat=True).first()
        fresh = [one for one in sign.counted if last is None or told_at(one) > last]
        return len(fresh) >= rule.least and _open(actor, sign, rule.kind)


def _add(row: Suspicion, sign: Sign) -> None:
    known = [UUID(one) for one in row.evidence["entries"]]
    entries = sorted({*known, *sign.entries})[-EVIDENCE_MOST:]
    if entries != known:
        row.evidence = {"entries": [str(one) for one in entries]}
        row.seen_at = max(row.seen_at, told_at(entries[-1]))
        row.save(update_fields=["evidence", "seen_at"])


def _open(actor: Actor, sign: Sign, kind: str) -> bool:
    """Of two jobs at once one opens it: the constraint holds the other back."""
    entries, now = sign.entries, clock.now()
    try:
        with transaction.atomic():
            Suspicion.objects.create(
                person_id=sign.person,
                kind=kind,
                evidence={"entries": [str(one) for one in entries]},
                found_at=now,
                seen_at=told_at(entries[-1]),
            )
    except IntegrityError:
        return False
    note(actor, events.SUSPICION_FOUND, person_by_id(sign.person), sign=kind, entries=len(entries))
    return True


def propose_action(*, actor: Actor, suspicion_id: UUID, action: str, reason: str) -> None:
    """Name what should be done; another administrator has to agree before anything happens.

    :raises NoSuchSuspicion: not there, another agency's, or about oneself.
    :raises BadDecision: no such act, or no reason of 10 to 300 characters.
    :raises NoSuchMove: somebody was first.
    """
    with transaction.atomic():
        row = visible_suspicion(actor, suspicion_id, lock=True)
        require(actor, Can.PROPOSE_ACTION, row)
        reason = sound_reason(reason)
        if action not in SUSPICION_ACTIONS:
            raise BadDecision({"action": _ACT})
        now = clock.now()
        by = {"proposed_by_id": actor.who, "proposed_at": now}
        move(SUSPICION, row, "propose", action=action, reason=reason, **by)
        _note(actor, events.ACTION_PROPOSED, row, action=action, reason=reason)
        tell_desk("desk_asks", row.person, but=actor.who, link=f"/console/security/{row.id}")


def agree_action(*, actor: Actor, suspicion_id: UUID) -> None:
    """Agree to what a colleague proposed, and carry it out at once; both or none.

    :raises NoSuchSuspicion, NoSuchMove: as in `propose_action`.
    :raises Refused: one's own proposal, or to suspend without running the platform.
    :raises NoPassword: a new one was proposed for an account that has none.
    """
    with transaction.atomic():
        row = visible_suspicion(actor, suspicion_id, lock=True)
        require(actor, Can.AGREE_ACTION, row)
        move(SUSPICION, row, "agree", decided_by_id=actor.who, decided_at=clock.now())
        carry_out(actor, row)
        _note(actor, events.SUSPICION_SETTLED, row, action=row.action, reason=row.reason)


def decline_action(*, actor: Actor, suspicion_id: UUID, reason: str) -> None:
    """Not this: the suspicion is open again, and something else may be proposed.

    :raises NoSuchSuspicion, NoSuchMove, BadDecision: as in `propose_action`.
    """
    with transaction.atomic():
        row = visible_suspicion(actor, suspicion_id, lock=True)
        require(actor, Can.DECLINE_ACTION, row)
        reason, action = sound_reason(reason), row.action
        cleared = {"action": "", "reason": "", "proposed_by_id": None, "proposed_at": None}
        move(SUSPICION, row, "decline", **cleared)
        _note(actor, events.ACTION_DECLINED, row, action=action, reason=reason)


def dismiss_suspicion(*, actor: Actor, suspicion_id: UUID, reason: str) -> None:
    """Nothing is wrong. The same entries do not bring it up again; newer ones do.

    :raises NoSuchSuspicion, NoSuchMove, BadDecision: as in `propose_action`.
    :raises Refused: whoever proposed something here takes that back first.
    """
    with transaction.atomic():
        row = visible_suspicion(actor, suspicion_id, lock=True)
        require(actor, Can.DISMISS_SUSPICION, row)
        reason = sound_reason(reason)
        by = {"decided_by_id": actor.who, "decided_at": clock.now()}
        move(SUSPICION, row, "dismiss", action="", reason=reason, **by)
        _note(actor, events.SUSPICION_DISMISSED, row, reason=reason)


def cut_sessions(*, actor: Actor, suspicion_id: UUID, reason: str) -> int:
    """End all sign-ins of the account at once, alone; the suspicion stays as it is.

    The one act that needs no second person: its owner only has to sign in once more.

    :raises NoSuchSuspicion, BadDecision: as in `propose_action`.
    """
    with transaction.atomic():
        row = visible_suspicion(actor, suspicion_id, lock=True)
        require(actor, Can.CUT_SESSIONS, row)
        reason = sound_reason(reason)
        ended = throw_out(row)
        note(actor, events.SESSIONS_CUT, row.person, sessions=ended, reason=reason)
    return ended


def sound_reason(text: str) -> str:
    """A reason without needless blanks.

    :raises BadDecision: not 10 to 300 characters, or with signs that cannot be seen.
    """
    text = " ".join(text.split())
    if not REASON_LEAST <= len(text) <= REASON_MOST:
        raise BadDecision({"reason": _REASON})
    if problem := free_text_problem(text, REASON_MOST):
        raise BadDecision({"reason": problem})
    return text


def _note(actor: Actor, event: Event, row: Suspicion, **facts: Any) -> None:
    note(actor, event, row.person, sign=row.kind, **facts)
