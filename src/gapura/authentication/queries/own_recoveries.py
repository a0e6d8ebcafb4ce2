"""Ways back as the owner of the account sees them: enough to know whether to stop one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.authentication.models import Recovery
from gapura.authentication.permissions import Can
from gapura.authentication.rules import RECOVERY_OPEN
from gapura.authentication.tokens import token_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """A way back as the owner of the account sees it: enough to know whether to stop it."""

    reference: str
    kind: str
    state: str
    asked_at: datetime
    ready_at: datetime | None
    ends_at: datetime


def own_recoveries(actor: Actor) -> list[OpenRecovery]:
    """The ways back to the actor's own account that are open now."""
    require(actor, Can.SEE_OWN_RECOVERY)
    rows = Recovery.objects.filter(
        person=actor.who, state__in=RECOVERY_OPEN, ends_at__gt=clock.now()
    )
    return [_open(row) for row in rows.order_by("asked_at")]


def recovery_to_stop(token: str) -> OpenRecovery | None:
    """What the link of a notice is about; None when it is over, or was never sent."""
    hashed = token_hash(token)
    rows = Recovery.objects.filter(
        stop_hash=hashed, state__in=RECOVERY_OPEN, ends_at__gt=clock.now()
    )
    row = rows.first() if hashed else None
    return _open(row) if row else None


def mailbox_wait(person: UUID) -> OpenRecovery | None:
    """The wait for a new password that only the mailbox was proven for, if one is running."""
    row = Recovery.objects.filter(
        person=person, kind="mailbox", state="waiting", ends_at__gt=clock.now()
    ).first()
    return _open(row) if row else None


def is_being_recovered(person: UUID) -> bool:
    """Somebody is on a way back to this account. Not scoped: for services."""
    rows = Recovery.objects.filter(person=person, state__in=RECOVERY_OPEN)
    return rows.filter(ends_at__gt=clock.now()).exists()


def _open(row: Recovery) -> OpenRecovery:
    return OpenRecovery(row.reference, row.kind, row.state, row.asked_at, row.ready_at, row.ends_at)
