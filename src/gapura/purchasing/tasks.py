"""This room's scheduled work. Nothing waits for it to be right: it tidies up and tells."""

from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job
from gapura.purchasing.services import lapse_overdue
from gapura.purchasing.services.deadlines import BATCH


@job(name="purchasing.lapse", every="* * * * *")
def lapse(timestamp: int) -> None:
    """Each minute: orders that nobody answered in time end."""
    while lapse_overdue(actor=system_actor("deadlines")) == BATCH:
        pass
