"""This room's scheduled work: forgetting what nobody went on with."""

from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job
from gapura.organizations.services import prune_applications


@job(name="organizations.prune_applications", every="41 19 * * *")
def prune(timestamp: int) -> None:
    """Each night: questions about business numbers that led to no company."""
    prune_applications(actor=system_actor("pruning"))
