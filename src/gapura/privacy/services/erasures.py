"""Erasures: asking, taking back, refusing."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.accounts.queries import free_text_problem, person_by_id
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.references import next_reference
from gapura.privacy.errors.erasures import ErasureOpen
from gapura.privacy.errors.requests import BadText
from gapura.privacy.events import erasures as events
from gapura.privacy.models import Erasure, PrivacyRule
from gapura.privacy.permissions import Can
from gapura.privacy.services.erasure_rows import hash_of, locked, note, tell
from gapura.privacy.states.erasures import COOLING, ERASURE

HOURS = "erasure.undo_hours"
LEAST_REASON, LONGEST_REASON = 10, 500
_SYSTEM = system_actor("erasure")
_PAGE = "/account/erasure"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: its reference, and until when it can be undone."""

    reference: str
    due_at: datetime


def ask_erasure(*, actor: Actor) -> Asked:
    """Begin the time in which it can be undone; a mail holds the link that undoes it.

    The journey of erasing has asked before whether a law forbids it.

    :raises Refused: not proven a moment ago, or a hold on the account stops binding deeds.
    :raises ErasureOpen: asked for already.
    """
    require(actor, Can.ASK_ERASURE, actor.who)
    person, now = person_by_id(actor.who), clock.now()
    hours = int(PrivacyRule.value_at(HOURS, clock.today()))
    token = secrets.token_urlsafe(32)
    with transaction.atomic():
        row = Erasure(
            reference=next_reference("PDP"),
            person_id=actor.who,
            language=person.language,
            asked_at=now,
            due_at=now + timedelta(hours=hours),
            link_hash=hash_of(token),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise ErasureOpen() from error
        note(actor, events.ERASURE_ASKED, row, {"due_at": row.due_at})
        way = f"/recover/erasure/{token}"
        tell(row, "asked", _PAGE, due_at=row.due_at, hours=hours, undo=way)
    return Asked(row.reference, row.due_at)


def decline_erasure(*, actor: Actor, obstacles: list[str]) -> None:
    """Write down that somebody asked whom a law ties to running work (codes)."""
    require(actor, Can.ASK_ERASURE, actor.who)
    with transaction.atomic():
        subject = Subject("person", str(actor.who), actor.username)
        facts = {"obstacles": ", ".join(obstacles)}
        record(actor, events.ERASURE_DECLINED, subject, facts=facts, person=actor.who)


def undo_erasure(*, actor: Actor) -> None:
    """The owner takes it back; nothing was erased.

    :raises NoSuchErasure: none is open.
    """
    with transaction.atomic():
        row = locked(person=actor.who, state=COOLING)
        require(actor, Can.UNDO_ERASURE, row)
        _undo(actor, row, by_link=False)


def undo_by_link(*, token: str) -> None:
    """The same by the link of the mail: it works for whoever was shut out of the own account.

    :raises NoSuchErasure: an unknown link, or it is too late.
    """
    with transaction.atomic():
        row = locked(link_hash=hash_of(token), state=COOLING)
        require(_SYSTEM, Can.UNDO_ERASURE, row)
        _undo(_SYSTEM, row, by_link=True)


def _undo(actor: Actor, row: Erasure, *, by_link: bool) -> None:
    move(ERASURE, row, "undo", ended_at=clock.now())
    note(actor, events.ERASURE_UNDONE, row, {"by_link": by_link})
    tell(row, "undone", _PAGE)


def refuse_erasure(*, actor: Actor, erasure_id: UUID, reason: str) -> None:
    """The officer refuses: law enforcement, supervision, a running case (UU 27/2022 art. 15, 50).

    :raises NoSuchErasure: none that is open.
    :raises Refused: not the officer, or one's own.
    :raises BadText: a reason of less than 10 or more than 500 characters.
    """
    reason = " ".join(reason.split())
    require(actor, Can.LIST_ERASURES)
    if len(reason) < LEAST_REASON or free_text_problem(reason, LONGEST_REASON):
        raise BadText(least=LEAST_REASON, most=LONGEST_REASON)
    with transaction.atomic():
        row = locked(pk=erasure_id, state=COOLING)
        require(actor, Can.REFUSE_ERASURE, row)
        changes = {"ended_at": clock.now(), "decided_by_id": actor.who, "reason": reason}
        move(ERASURE, row, "refuse", **changes)
        note(actor, events.ERASURE_REFUSED, row, {"reason": reason})
        tell(row, "refused", _PAGE, reason=reason)
