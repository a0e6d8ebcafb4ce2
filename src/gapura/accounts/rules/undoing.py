"""The link that takes a change of contact back: a keyed hash over the row, so no table holds it."""

import base64
import binascii
import hmac
from uuid import UUID

from gapura.kernel.encryption import lookup
from gapura.kernel.throttle import Limit

PAGE = "/login/undo/"
TRIES = Limit("accounts.undo_contact", 60, 3600)
# How long a row that is over stays, so that its link says "used" and not "never sent"; in hours.
KEEP_HOURS = 24
_ID, _MAC = 16, 16
_LENGTH = (_ID + _MAC) * 4 // 3 + 1


def undo_link(change: UUID) -> str:
    """The path of the page that takes this change back."""
    token = base64.urlsafe_b64encode(change.bytes + _mac(change)).rstrip(b"=")
    return f"{PAGE}{token.decode()}"


def change_in(token: str) -> UUID | None:
    """Which change a token is for; None for what was never sent."""
    if len(token) != _LENGTH or not token.isascii():
        return None
    try:
        raw = base64.b64decode(f"{token}=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    change = UUID(bytes=raw[:_ID])
    return change if hmac.compare_digest(raw[_ID:], _mac(change)) else None


def _mac(change: UUID) -> bytes:
    """128 bits: nobody tries them out over a network."""
    return lookup(str(change), "contact_undo")[:_MAC]
