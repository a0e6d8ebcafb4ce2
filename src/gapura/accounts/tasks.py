"""Work of this room that nobody asks for."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from gapura.accounts.errors import NoSuchPerson
from gapura.accounts.services import (
    check_identity,
    check_waiting,
    end_campaigns,
    find_duplicates,
    forget_changes,
    forget_phone_codes,
    forget_stray_documents,
    prune_registrations,
    remind_profiles,
    tell_campaigns,
    tell_holder,
    tell_old_phone,
)
from gapura.accounts.services.case_deadlines import BATCH
from gapura.accounts.services.registration import PRUNE_BATCH
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.jobs import job

# The next run goes on.
_A_MINUTES_WORK = timedelta(seconds=45)


@job(name="accounts.prune_registrations", every="17 * * * *")
def prune(timestamp: int) -> None:
    """Forget registrations nobody confirmed, codes and undone changes past their time, strays."""
    forget_phone_codes(actor=system_actor("pruning"))
    forget_changes(actor=system_actor("pruning"))
    while forget_stray_documents(actor=system_actor("pruning")) == BATCH:
        pass
    while prune_registrations(actor=system_actor("pruning"), at=clock.now()) == PRUNE_BATCH:
        pass


@job(name="accounts.check_identity")
def check(person: str) -> None:
    """Ask the civil registry about one person, right after the data was handed in."""
    with suppress(NoSuchPerson):
        check_identity(actor=system_actor("registry"), person=UUID(person))


@job(name="accounts.check_waiting", every="*/5 * * * *")
def check_again(timestamp: int) -> None:
    """Every five minutes: ask about those the registry gave no answer for."""
    check_waiting(actor=system_actor("registry"))


@job(name="accounts.tell_holder")
def tell_taken(person: str, ip: str) -> None:
    """Somebody gave an address to prove; only here it is looked whether it is anybody's."""
    tell_holder(actor=Actor(ip=ip or None), person_id=UUID(person))


@job(name="accounts.tell_old_phone")
def tell_old(code: str, change: str = "") -> None:
    """Tell a replaced number; retried while the gateway is down."""
    undo = UUID(change) if change else None
    tell_old_phone(actor=system_actor("phones"), code_id=UUID(code), change=undo)


@job(name="accounts.remind_profiles", every="23 * * * *")
def remind(timestamp: int) -> None:
    """Every hour some of those whose profile was not confirmed for long, at the relay's pace."""
    remind_profiles(actor=system_actor("reminders"))


@job(name="accounts.find_duplicates", every="41 1 * * *")
def find_doubles(timestamp: int) -> None:
    """Every night: accounts that may be one human go to the desk; nothing else happens to them."""
    find_duplicates(actor=system_actor("doubles"))


@job(name="accounts.tell_campaigns", every="* * * * *")
def tell_of_campaigns(timestamp: int) -> None:
    """Each minute: people of running campaigns are told, as far as the outbox has room."""
    end_campaigns(actor=system_actor("reverification"))
    until = clock.now() + _A_MINUTES_WORK
    while clock.now() < until and tell_campaigns(actor=system_actor("reverification")):
        pass
