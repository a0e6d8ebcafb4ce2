"""Makes people as they would make themselves: sound numbers, registration, proven identity."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from uuid import UUID

from gapura.access.queries import active_grants
from gapura.accounts.queries import Details, person_by_id
from gapura.accounts.services import confirm_email, register, submit_identity, verify_identity
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor

SYSTEM = system_actor("demo")
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36"
# RFC 5737: an address that belongs to nobody.
PERSONA_IP = "203.0.113.10"
# Service begins at about 24. After the year a NIP has the month, a NI PPPK a number from 21 on.
_BEGAN_AT = 24
_AFTER_YEAR: Mapping[str, str] = MappingProxyType({"pns": "03", "pppk": "21"})


def nik(region: str, born: date, serial: int, *, woman: bool) -> str:
    """A sound NIK of a region (`32.73`); `serial` 1 to 9999."""
    day = born.day + (40 if woman else 0)
    return f"{region.replace('.', '')}01{day:02d}{born:%m%y}{serial:04d}"


def staff_number(kind: str, born: date, serial: int, *, woman: bool) -> str:
    """A sound NIP, NI PPPK or police NRP; empty for citizens. `serial` 1 to 9999."""
    if kind == "tni_polri":
        return f"{born:%y%m}{serial:04d}"
    if kind not in _AFTER_YEAR:
        return ""
    # Serials of the thousands are few and chosen: nobody begins in a year to come.
    began = born.year + _BEGAN_AT + serial // 999 % 5
    sex = 2 if woman else 1
    return f"{born:%Y%m%d}{began}{_AFTER_YEAR[kind]}{sex}{serial % 999 + 1:03d}"


def enter(details: Details, by: Actor) -> UUID:
    """Register, and confirm the address."""
    person_id = register(actor=by, details=details).person_id
    confirm_email(actor=by, person_id=person_id)
    return person_id


def prove(person_id: UUID, by: Actor = SYSTEM) -> None:
    """Hand the identity in and verify it, for those who are let in without a request."""
    submit_identity(actor=acting(person_id, acr=1), person_id=person_id)
    verify_identity(actor=by, person_id=person_id, document_compared=True)


def acting(person_id: UUID, role: str = "", *, acr: int = 2, ip: str = PERSONA_IP) -> Actor:
    """The person signed in now, under the grant of `role` (else the main one)."""
    person, grants = person_by_id(person_id), active_grants(person_id, clock.now())
    chosen = [grant for grant in grants if role in ("", grant.role)]
    return Actor(
        person=person.id,
        username=person.username,
        name=person.name,
        state=person.state,
        grant=chosen[0] if chosen else None,
        grants=grants,
        acr=acr,
        ip=ip,
        user_agent=AGENT,
        language=person.language,
    )
