"""Counts failures, and only those: against the name where it is tried, person and address."""

from gapura.authentication.rules import (
    CODES_DAY,
    CODES_PERSON,
    SIGN_IN_ADDRESS,
    SIGN_IN_HERE,
    SIGN_IN_PERSON,
    address_key,
    network,
)
from gapura.kernel import throttle
from gapura.kernel.actor import Actor
from gapura.kernel.throttle import Limit, TooMany


def check_sign_in(actor: Actor, typed: str) -> None:
    """Before a password is looked at; the same for names that exist and for those that do not.

    :raises TooMany: for this name from this network, or for this address.
    """
    throttle.check(SIGN_IN_ADDRESS, address_key(actor.ip))
    throttle.check(SIGN_IN_HERE, _here(actor, typed))


def held_back(person_key: str) -> bool:
    """So many failures for one person that even a right password is refused for now.

    It is refused like a wrong one: saying so would tell that two names belong to one account.
    """
    try:
        throttle.check(SIGN_IN_PERSON, person_key)
    except TooMany:
        return True
    return False


def count_sign_in(actor: Actor, typed: str, person_key: str) -> None:
    """After a wrong name or password."""
    _count(SIGN_IN_ADDRESS, address_key(actor.ip))
    _count(SIGN_IN_HERE, _here(actor, typed))
    _count(SIGN_IN_PERSON, person_key)


def check_code(key: str) -> None:
    """Before a code is looked at.

    :raises TooMany: ten wrong codes in five minutes, or fifty in a day.
    """
    throttle.check(CODES_PERSON, key)
    throttle.check(CODES_DAY, key)


def count_code(actor: Actor, key: str) -> None:
    """After a wrong code."""
    _count(SIGN_IN_ADDRESS, address_key(actor.ip))
    _count(CODES_PERSON, key)
    _count(CODES_DAY, key)


def _here(actor: Actor, typed: str) -> str:
    return f"{typed}|{network(actor.ip)}"


def _count(limit: Limit, key: str) -> None:
    """Count without complaining: the next check says it, and this one says what was wrong."""
    try:
        throttle.count(limit, key)
    except TooMany:
        return
