"""Whether an account is locked, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.accounts.queries import person_by_id
from gapura.authentication.errors import FlowOver
from gapura.authentication.models import AccountLock
from gapura.authentication.queries.sessions import SessionView
from gapura.authentication.rules import NO_ENTRY, Step
from gapura.kernel import clock


@dataclass(frozen=True, slots=True)
class LockView:
    """The lock of an account: `why` is a code of `rules.LOCKS`, `reason` what somebody wrote."""

    person: UUID
    why: str
    reason: str
    locked_at: datetime
    locked_by: UUID | None


def lock_of(person: UUID) -> LockView | None:
    """The lock that holds now; None for an account that is open. Not scoped: for services."""
    row = AccountLock.objects.filter(person=person, lifted_at__isnull=True).first()
    if row is None:
        return None
    return LockView(row.person_id, row.why, row.reason, row.locked_at, row.locked_by_id)


@dataclass(frozen=True, slots=True)
class Away:
    """Why somebody who proved everything was turned away: a code of `rules.LOCKS` or `suspended`.

    `has_way` says that a new password with a second factor opens the account.
    """

    why: str
    since: datetime | None = None

    @property
    def has_way(self) -> bool:
        """The owner can open it alone."""
        return self.why == "not_me"


def turned_away(view: SessionView | None) -> Away:
    """What the page after a sign-in that was turned away tells this browser, and no other.

    :raises FlowOver: nobody was turned away here, or it is half an hour ago, or it is open again.
    """
    flow = view.flow if view else None
    if view is None or view.person is None or flow is None or flow.step is not Step.TURNED_AWAY:
        raise FlowOver()
    if flow.over(clock.now()):
        raise FlowOver()
    state = person_by_id(view.person).state
    if state in NO_ENTRY:
        return Away(state)
    lock = lock_of(view.person)
    if lock is None:
        raise FlowOver()
    return Away(lock.why, lock.locked_at)
