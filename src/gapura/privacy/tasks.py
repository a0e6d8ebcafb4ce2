"""Work of this room that nobody asks for, and the making of copies."""

from uuid import UUID

from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job
from gapura.privacy.services import (
    BATCH,
    begin_stray_copies,
    drop_old_copies,
    escalate_requests,
    make_copy,
    tell_some,
    warn_of_breaches,
    warn_requests,
)


@job(name="privacy.make_copy")
def make(copy: str) -> None:
    """Gather all that is held of one person, right after it was asked for."""
    make_copy(actor=system_actor("privacy"), copy_id=UUID(copy))


@job(name="privacy.clocks", every="* * * * *")
def clocks(timestamp: int) -> None:
    """Each minute: open requests whose hours are nearly over, or over."""
    while escalate_requests(actor=system_actor("escalation")) == BATCH:
        pass
    while warn_requests(actor=system_actor("escalation")) == BATCH:
        pass


@job(name="privacy.copies", every="*/10 * * * *")
def copies(timestamp: int) -> None:
    """Every ten minutes: files whose days are over go; copies no job finished are begun anew."""
    while drop_old_copies(actor=system_actor("privacy")) == BATCH:
        pass
    begin_stray_copies(actor=system_actor("privacy"))


@job(name="privacy.tell_affected")
def tell_affected(breach: str) -> None:
    """Some hundreds of the people of a breach; it queues itself until all are told."""
    tell_some(UUID(breach))


@job(name="privacy.warn_of_breaches", every="*/5 * * * *")
def warn(timestamp: int) -> None:
    """Every five minutes: breaches whose hours run out."""
    warn_of_breaches(actor=system_actor("breaches"))
