"""Finding entries by the actor's IP address: a keyed hash beside the sealed value, gone with it."""

from ipaddress import ip_address
from uuid import UUID

from gapura.audit.commitments import context, open_values
from gapura.kernel.encryption import Unsealable, lookup

_PURPOSE = "audit_personal.address"


def find_by(address: str) -> bytes | None:
    """What to look for in `audit_personal.address`; None for what is no address."""
    try:
        given = ip_address(address.strip())
    except ValueError:
        return None
    return lookup(str(getattr(given, "ipv4_mapped", None) or given), _PURPOSE)


def kept_as(address: str | None) -> bytes | None:
    """What an entry keeps of an address that `gapura.kernel.addresses` has read; None for none."""
    return lookup(address, _PURPOSE) if address else None


def address_of_part(event: UUID, sealed: bytes) -> bytes | None:
    """The same from an actor's sealed part; None without an address or with an unknown key."""
    try:
        found = open_values(sealed, context(event, "actor")).get("actor.ip")
    except Unsealable:
        return None
    return find_by(str(found[1])) if found else None
