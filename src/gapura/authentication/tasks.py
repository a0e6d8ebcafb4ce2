"""Tidying: what ended long ago is forgotten. Nothing here decides whether something still works."""

from gapura.authentication.services.tidying import forget_old
from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job


@job(name="authentication.forget_old", every="17 * * * *")
def forget_old_sessions(timestamp: int) -> None:
    """Every hour: codes, abandoned flows and sessions past their keeping time."""
    forget_old(actor=system_actor("tidying"))
