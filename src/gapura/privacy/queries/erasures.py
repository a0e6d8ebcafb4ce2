"""Erasures for their owner, for the officer, by the link of a mail, and for whoever checks one."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.privacy.models import Erasure, PrivacyRule
from gapura.privacy.permissions import Can
from gapura.privacy.states.erasures import COOLING, DONE

MOST = 200
LEAST_CODE = 16
_CHECKS = throttle.Limit("privacy.certificate", 60, 3600)


@dataclass(frozen=True, slots=True)
class ErasureView:
    """One erasure; `refuses`: the reader may refuse it."""

    id: UUID
    reference: str
    username: str
    state: str
    asked_at: datetime
    due_at: datetime
    ended_at: datetime | None
    reason: str
    obstacles: tuple[str, ...]
    refuses: bool = False


@dataclass(frozen=True, slots=True)
class Certificate:
    """What anybody may know who holds the paper: that it is ours, when, and how much it says."""

    reference: str
    done_at: datetime
    gone: int
    kept: int


def undo_hours() -> int:
    """How long an erasure can be taken back."""
    return int(PrivacyRule.value_at("erasure.undo_hours", clock.today()))


def own_erasure(actor: Actor) -> ErasureView | None:
    """The newest one of the actor. One query.

    :raises Refused: nobody is signed in.
    """
    require(actor, Can.SEE_OWN_ERASURE)
    rows = Erasure.objects.filter(person=actor.who).select_related("person").order_by("-asked_at")
    row = rows.first()
    return _view(row) if row else None


def erasures(actor: Actor) -> list[ErasureView]:
    """Open ones by their deadline, then the others; 200 at most. One query.

    :raises Refused: not the officer.
    """
    require(actor, Can.LIST_ERASURES)
    rows = Erasure.objects.select_related("person").order_by("-asked_at")[:MOST]
    found = [_view(row, refuses=may(actor, Can.REFUSE_ERASURE, row)) for row in rows]
    return sorted(found, key=lambda one: (one.state != COOLING, one.due_at))


def erasure_to_undo(token: str) -> ErasureView | None:
    """What the link in a mail can still take back; None for none."""
    wanted = hashlib.sha256(token.encode()).hexdigest()
    rows = Erasure.objects.select_related("person").filter(link_hash=wanted, state=COOLING)
    row = rows.first()
    return _view(row) if row else None


def check_certificate(
    actor: Actor, *, reference: str = "", code: str = "", sha256: str = ""
) -> Certificate | None:
    """By number and check code (16 of its characters are enough), or by the hash of the file.

    :raises TooMany: over 60 checks an hour from one address.
    """
    require(actor, Can.CHECK_CERTIFICATE)
    throttle.count(_CHECKS, actor.ip or "")
    done = Erasure.objects.filter(state=DONE)
    code = "".join(code.split()).lower()
    if sha256:
        row = done.filter(sha256=sha256).first()
    elif len(code) >= LEAST_CODE:
        named = done.filter(reference=reference.strip().upper()).first()
        row = named if named and named.digest.startswith(code) else None
    else:
        row = None
    if row is None or row.ended_at is None:
        return None
    gone, kept = (sum(int(line[side]) for line in row.lines) for side in ("gone", "kept"))
    return Certificate(row.reference, row.ended_at, gone, kept)


def _view(row: Erasure, *, refuses: bool = False) -> ErasureView:
    return ErasureView(
        row.pk,
        row.reference,
        row.person.username,
        row.state,
        row.asked_at,
        row.due_at,
        row.ended_at,
        row.reason,
        tuple(row.obstacles),
        refuses and row.state == COOLING,
    )
