"""Makes people for tests: numbers that are sound, and accounts in a given state."""

from dataclasses import replace
from datetime import date
from itertools import count
from typing import Any
from uuid import UUID

from gapura.accounts.models import Person
from gapura.accounts.queries import Details, person_by_id
from gapura.accounts.services import confirm_email, register, submit_identity, verify_identity
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7

_serial = count(1)
BIRTH = date(1985, 8, 17)
STRANGER = Actor(ip="192.0.2.7", user_agent="test")
SYSTEM = system_actor("tests")


def nik(birth: date = BIRTH, *, woman: bool = False, region: str = "3273", serial: int = 0) -> str:
    """A sound NIK, each with its own serial."""
    day = birth.day + (40 if woman else 0)
    return f"{region}01{day:02d}{birth:%m%y}{serial or next(_serial):04d}"


def nip(birth: date = BIRTH, *, woman: bool = False) -> str:
    """A sound NIP of a PNS who began at 25."""
    return f"{birth:%Y%m%d}{birth.year + 25}03{2 if woman else 1}{next(_serial) % 999 + 1:03d}"


def details(**changes: Any) -> Details:
    """A registration without any problem; the changes go over it."""
    number = next(_serial)
    sound = Details(
        kind="pns",
        name="Siti Aminah, S.E.",
        nik=nik(woman=True),
        nip=nip(woman=True),
        agency="K16",
        username=f"siti{number}x",
        email=f"siti{number}@example.go.id",
    )
    return replace(sound, **changes)


def registered(**changes: Any) -> Person:
    """An account that waits for its address to be confirmed."""
    return person_by_id(register(actor=STRANGER, details=details(**changes)).person_id)


def confirmed(**changes: Any) -> Person:
    """An account whose address is confirmed."""
    return confirm_email(actor=STRANGER, person_id=registered(**changes).id)


def pending(**changes: Any) -> Person:
    """An account whose identity waits for checking."""
    person = confirmed(**changes)
    return submit_identity(actor=acting(person), person_id=person.id)


def verified(**changes: Any) -> Person:
    """An account whose identity is verified."""
    return verify_identity(actor=SYSTEM, person_id=pending(**changes).id, document_compared=True)


def acting(person: Person, role: str = "", agency: str = "", acr: int = 1) -> Actor:
    """The person signed in, under a role when one is named."""
    grant = ActiveGrant(uuid7(), role, agency=agency) if role else None
    return Actor(
        person=person.id,
        username=person.username,
        name=person.name,
        state=person.state,
        grant=grant,
        grants=(grant,) if grant else (),
        acr=acr,
        facts={"proved_at": clock.now()},
    )


def colleague(role: str, agency: str = "", acr: int = 2) -> Actor:
    """Somebody else under a role, signed in with an authenticator app."""
    grant = ActiveGrant(uuid7(), role, agency=agency)
    return Actor(person=UUID(int=99), username=role, grant=grant, grants=(grant,), acr=acr)
