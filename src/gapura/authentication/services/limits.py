"""Who has to wait before the next try: strangers by name and address, known devices by themselves.

Whoever attacks an account from elsewhere makes strangers wait and nobody else: the owner's known
devices and networks still get in.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from gapura.authentication.models import Device, Session
from gapura.authentication.rules import (
    CODES_DAY,
    CODES_YOUNG,
    DEVICE_YOUNG,
    GUARDS,
    MAILS_ADDRESS,
    MAILS_HERE,
    MAILS_NAME,
    MAILS_PERSON,
    SIGN_IN_EVERYWHERE,
    Flow,
    address_key,
    network,
)
from gapura.authentication.services import holds
from gapura.authentication.services.holds import Key
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.throttle import Limit, TooMany

_ALL = "all"
# All limits of codes at once; those of a day begin at one moment.
_YOUNG = throttle.COUNTED.replace("%(key)s", "%(young)s")
_CODE = f"SELECT ({holds.UNTIL}), ({throttle.COUNTED}), ({_YOUNG})"
_BROWSER = "|"
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


def codes_of(person: UUID | None, browser: UUID) -> str:
    """The key of a person's codes from one browser: a known device, or a session without one."""
    return f"sign_in:{person}{_BROWSER}{browser}"


def check_code(key: str) -> None:
    """Before a code is looked at.

    :raises TooMany: ten wrong codes one after the other, or fifty in a day; for a browser that is
        known since a few days only, also too many from all such browsers of the person.
    """
    hashed, start, left = throttle.window(CODES_DAY, key)
    now, given = clock.now(), Key(GUARDS["code"], key)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {"hold": given.hashed, "now": now, "key": hashed, "start": start}
        values["young"], *_ = throttle.window(CODES_YOUNG, _account_of(key))
        cursor.execute(_CODE, values)
        until, counted, together = cursor.fetchone() or (None, None, None)
    holds.refuse({} if until is None else {given.guard.name: holds.seconds_until(until, now)})
    throttle.judge(CODES_DAY, counted, left)
    if _BROWSER in key and (together or 0) >= CODES_YOUNG.count and _is_young(key):
        throttle.judge(CODES_YOUNG, together, left)


def count_code(actor: Actor, key: str) -> None:
    """After a wrong code."""
    holds.fail(Key(GUARDS["code"], key), Key(GUARDS["address"], address_key(actor.ip)))
    _count(CODES_DAY, key)
    if _BROWSER in key:
        _count(CODES_YOUNG, _account_of(key))


def _account_of(key: str) -> str:
    return key.partition(_BROWSER)[0]


def _is_young(key: str) -> bool:
    """Anything but a device that the person has used for a while."""
    known_since = clock.now() - DEVICE_YOUNG
    rows = Device.objects.filter(pk=key.partition(_BROWSER)[2], forgotten_at__isnull=True)
    return not rows.filter(first_seen_at__lte=known_since).exists()


def count_mail(actor: Actor, row: Session, flow: Flow) -> bool:
    """Before a code is mailed; False when strangers have filled the mailbox, which nobody is told.

    :raises TooMany: for this device; for strangers by name and address, and by address alone.
    """
    step = flow.step.value
    if row.device_id is not None:
        throttle.count(MAILS_HERE, f"{step}:{row.device_id}")
        return True
    here = address_key(actor.ip)
    # For nobody, too: the time must not tell who has an account.
    mailbox = (MAILS_PERSON, f"{step}:{row.person_id or flow.mark}")
    if not flow.mark:
        throttle.count_all((MAILS_HERE, f"{step}:{row.person_id}|{here}"), mailbox)
        return True
    throttle.count_all((MAILS_NAME, f"{flow.mark}|{here}"), (MAILS_ADDRESS, here))
    return _count(*mailbox)


def _count(limit: Limit, key: str) -> bool:
    """Count without complaining: the next check says it, and this one says what was wrong.

    False when this one is over the limit.
    """
    try:
        throttle.count(limit, key)
    except TooMany:
        return False
    return True
