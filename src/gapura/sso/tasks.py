"""Work that nobody asks for: keys take turns, partitions come and go, clients are told."""

from uuid import UUID

from gapura.kernel.actor import system_actor
from gapura.kernel.jobs import job
from gapura.sso.services.client_keys import refresh_due_keys
from gapura.sso.services.delivering import deliver_logout, queue_due_logouts
from gapura.sso.services.keys import tend_keys
from gapura.sso.services.telling import JOB
from gapura.sso.services.tidying import tidy


@job(name="sso.tend_keys", every="23 * * * *")
def tend_signing_keys(timestamp: int) -> None:
    """Each hour: keys that are missing, that may sign now, and that nobody needs any more."""
    tend_keys(actor=system_actor("keys"))


@job(name="sso.tidy", every="41 * * * *")
def tidy_storage(timestamp: int) -> None:
    """Each hour: partitions made ahead and dropped, old rows deleted."""
    tidy(actor=system_actor("tidying"))


@job(name="sso.fetch_keys", every="*/30 * * * *")
def fetch_client_keys(timestamp: int) -> None:
    """Twice an hour: key sets of clients that are old."""
    refresh_due_keys(actor=system_actor("keys"))


@job(name=JOB, retries=1)
def deliver(delivery: str) -> None:
    """One message to one client; the wait before the next try stands with the message."""
    deliver_logout(actor=system_actor("logout"), delivery=UUID(delivery))


@job(name="sso.deliver_due", every="* * * * *")
def deliver_what_is_due(timestamp: int) -> None:
    """Every minute: messages whose wait is over."""
    queue_due_logouts(actor=system_actor("logout"))
