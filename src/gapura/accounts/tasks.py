"""Work of this room that nobody asks for."""

from gapura.accounts.services import prune_registrations
from gapura.accounts.services.registration import PRUNE_BATCH
from gapura.kernel import clock
from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job


@job(name="accounts.prune_registrations", every="17 * * * *")
def prune(timestamp: int) -> None:
    """Forget registrations that nobody confirmed."""
    while prune_registrations(actor=system_actor("pruning"), at=clock.now()) == PRUNE_BATCH:
        pass
