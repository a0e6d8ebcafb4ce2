"""This room's scheduled work. Nothing waits for it to be right: it moves, tells and tidies up."""

from gapura.access.services import escalate_overdue, lapse_unactivated
from gapura.access.services.deadlines import BATCH
from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job


@job(name="access.escalate", every="* * * * *")
def escalate(timestamp: int) -> None:
    """Each minute: what nobody answered in time goes one level up."""
    while escalate_overdue(actor=system_actor("escalation")) == BATCH:
        pass


@job(name="access.lapse", every="7 * * * *")
def lapse(timestamp: int) -> None:
    """Each hour: approved grants that nobody activated end."""
    while lapse_unactivated(actor=system_actor("activation")) == BATCH:
        pass
