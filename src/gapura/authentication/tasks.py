"""Work that nobody asks for: telephones are told, and what ended long ago is forgotten."""

from uuid import UUID

from gapura.authentication.services.detecting import detect
from gapura.authentication.services.notices import tell_phone
from gapura.authentication.services.recovery_asking import open_asked
from gapura.authentication.services.recovery_ends import BATCH, lapse_recoveries, tell_ready
from gapura.authentication.services.tidying import forget_old
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.jobs import job


@job(name="authentication.forget_old", every="17 * * * *")
def forget_old_sessions(timestamp: int) -> None:
    """Every hour: codes, abandoned flows and sessions past their keeping time."""
    forget_old(actor=system_actor("tidying"))


@job(name="authentication.tell_phone")
def tell(person: str, subject: str, key: str) -> None:
    """Tell a proven telephone; retried while the gateway is down."""
    tell_phone(actor=system_actor("notices"), person=UUID(person), subject=subject, key=key)


@job(name="authentication.open_recovery")
def open_recovery(login: str, story: str, ip: str, own: bool = False) -> None:
    """Somebody asked for a way back without a mailbox, on a device of the person's or elsewhere."""
    open_asked(actor=Actor(ip=ip or None), login=login, story=story, own=own)


@job(name="authentication.recoveries", every="*/10 * * * *")
def tend_recoveries(timestamp: int) -> None:
    """Every ten minutes: who may come back now is told, and what is over by its date is ended."""
    actor = system_actor("recovery")
    while tell_ready(actor=actor) == BATCH:
        pass
    while lapse_recoveries(actor=actor) == BATCH:
        pass


@job(name="authentication.detect", every="*/10 * * * *")
def detect_strangers(timestamp: int) -> None:
    """Every ten minutes: signs of a stranger in an account go to the security desk."""
    detect(actor=system_actor("detection"))
