"""Opaque tokens: how their text is made, and how it names the partition it is found in."""

from datetime import UTC, date, datetime
from typing import Final

from gapura.sso.protocol.decisions import Fresh, Handle
from gapura.sso.protocol.encoding import digest_of

CODE: Final = "gpc_"
REFRESH: Final = "gpf_"
PUSHED: Final = "gpp_"
KEPT: Final = "gpw_"

# RFC 9126 2.2: the form of a request_uri that is a mere reference.
REQUEST_URI: Final = "urn:ietf:params:oauth:request_uri:"

SIGNS: Final = 43  # of base62: 256 bits; RFC 6749 10.10 wants at least 128
_MONTHLY = frozenset({REFRESH})


def day(at: datetime) -> date:
    """The partition of what expires then: codes, pushed requests."""
    return at.astimezone(UTC).date()


def month(at: datetime) -> date:
    """The partition of a refresh token that expires then."""
    return day(at).replace(day=1)


def make(kind: str, expires_at: datetime, fresh: Fresh) -> tuple[str, Handle]:
    """A new token's text and what is kept of it."""
    bucket = month(expires_at) if kind in _MONTHLY else day(expires_at)
    told = f"{bucket:%Y%m}" if kind in _MONTHLY else f"{bucket:%Y%m%d}"
    text = f"{kind}{told}{fresh.signs(SIGNS)}"
    return text, Handle(bucket, digest_of(text))


def read(kind: str, text: str) -> Handle | None:
    """Where a presented token would be; None when its text cannot be one of ours."""
    length = 6 if kind in _MONTHLY else 8
    told, signs = text[len(kind) : len(kind) + length], text[len(kind) + length :]
    if not (text.startswith(kind) and len(signs) == SIGNS and text.isascii()):
        return None
    if not (told.isdigit() and signs.isalnum()):
        return None
    try:
        bucket = date(int(told[:4]), int(told[4:6]), int(told[6:] or "1"))
    except ValueError:
        return None
    return Handle(bucket, digest_of(text))
