"""Who has to wait before the next try: strangers by name and address, known devices by themselves.

Whoever attacks an account from elsewhere makes strangers wait and nobody else: the owner's known
devices and networks still get in.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from gapura.authentication.rules import (
    CODES_DAY,
    GUARDS,
    SIGN_IN_EVERYWHERE,
    address_key,
    network,
)
from gapura.authentication.services import holds
from gapura.authentication.services.holds import Key
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.throttle import Limit, TooMany

_ALL = "all"
# Both limits of codes at once.
_CODE = f"SELECT ({holds.UNTIL}), ({throttle.COUNTED})"
# What may be said: the same comes just as soon for a name without an account.
_SAID = frozenset({"name", "here", "address", "device"})


@dataclass(frozen=True, slots=True)
class Try:
    """One try to sign in: who, with which typed name, at whose account, on which known device."""

    actor: Actor
    typed: str
    person: UUID | None
    device: UUID | None

    @property
    def keys(self) -> tuple[Key, ...]:
        """What this try counts against: a known device against itself, all others widely."""
        if self.device is not None:
            return (Key(GUARDS["device"], str(self.device)),)
        near = network(self.actor.ip)
        return (
            Key(GUARDS["address"], address_key(self.actor.ip)),
            Key(GUARDS["here"], f"{self.typed}|{near}"),
            Key(GUARDS["name"], self.typed),
            Key(GUARDS["person"], str(self.person or self.typed)),
        )


def check_sign_in(one: Try) -> frozenset[str]:
    """Before a password is looked at; answers the guards of the account that hold.

    They hold strangers only, so whether they count is for the caller to say when the password
    turns out right; the others refuse at once, and the same for names without an account.

    :raises TooMany: for this device, this address, this name from this network, or everybody.
    """
    check_everywhere(one)
    held = holds.waits(one.keys)
    wide = {name: held.pop(name) for name in ("name", "person") if name in held}
    holds.refuse(held)
    return frozenset(wide)


def refuse_held(one: Try) -> None:
    """Say how long to wait, when that tells nothing.

    :raises TooMany: for the typed name.
    """
    held = holds.waits(one.keys)
    holds.refuse({name: seconds for name, seconds in held.items() if name in _SAID})


def count_sign_in(one: Try, held: frozenset[str]) -> None:
    """After a wrong name or password. What holds already is not made longer by those who wait."""
    if one.device is None:
        _count(SIGN_IN_EVERYWHERE, _ALL)
    holds.fail(*(key for key in one.keys if key.guard.name not in held))


def forgive_sign_in(one: Try, held: frozenset[str]) -> None:
    """After a right password: this one's failures before it.

    Not those of an address, whose owner could sign in as somebody else in between, and not those of
    strangers, who are held while the owner gets in.
    """
    holds.forgive(*forgiven_keys(one, held))


def forgiven_keys(one: Try, held: frozenset[str]) -> tuple[Key, ...]:
    """What a right password takes off the count; `held` are the guards of strangers that hold."""
    return tuple(key for key in one.keys if key.guard.name not in {"address", *held})


def check_everywhere(one: Try) -> None:
    """Strangers only: too many failures on the whole site.

    :raises TooMany: for everybody whose device is not known.
    """
    if one.device is None:
        throttle.check(SIGN_IN_EVERYWHERE, _ALL)


def check_code(key: str) -> None:
    """Before a code is looked at.

    :raises TooMany: ten wrong codes one after the other, or fifty in a day.
    """
    hashed, start, left = throttle.window(CODES_DAY, key)
    now, given = clock.now(), Key(GUARDS["code"], key)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"hold": given.hashed, "now": now, "key": hashed, "start": start}
        cursor.execute(_CODE, values)
        until, counted = cursor.fetchone() or (None, None)
    holds.refuse({} if until is None else {given.guard.name: holds.seconds_until(until, now)})
    throttle.judge(CODES_DAY, counted, left)


def count_code(actor: Actor, key: str) -> None:
    """After a wrong code."""
    holds.fail(Key(GUARDS["code"], key), Key(GUARDS["address"], address_key(actor.ip)))
    _count(CODES_DAY, key)


def _count(limit: Limit, key: str) -> None:
    """Count without complaining: the next check says it, and this one says what was wrong."""
    try:
        throttle.count(limit, key)
    except TooMany:
        return
