"""One byte sequence per JSON value: RFC 8785 without floats, which no entry of the log holds."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from json.encoder import encode_basestring
from typing import Any
from uuid import UUID

# RFC 8785 section 3.2.2.3 writes numbers as ECMAScript does, which is exact only up to here.
LARGEST = 2**53 - 1

_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


class NotCanonical(ValueError):
    """No canonical form here: a float, a large integer, half a character, a foreign type."""


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be")


def names(value: Mapping[str, Any]) -> list[str]:
    """The names of an object by UTF-16 code units (section 3.2.3), which is ASCII's own order."""
    try:
        return sorted(value) if "".join(value).isascii() else sorted(value, key=_utf16)
    except TypeError as error:
        raise NotCanonical("an object has a name that is not a text") from error


def _ordered(value: Any) -> Any:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise NotCanonical(f"integer {value} is beyond 2^53")
        return value
    if isinstance(value, dict):
        return {name: _ordered(value[name]) for name in names(value)}
    if isinstance(value, list):
        return [_ordered(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def _of_texts(value: Mapping[str, str]) -> str:
    """An object of texts alone, as most of what is recorded is."""
    turned = [
        f"{encode_basestring(name)}:{encode_basestring(value[name])}" for name in names(value)
    ]
    return "{" + ",".join(turned) + "}"


def canonical(value: Any) -> bytes:
    """The RFC 8785 bytes of texts, integers, booleans, null, lists and objects.

    :raises NotCanonical: for anything else.
    """
    try:
        if type(value) is str:
            return encode_basestring(value).encode()
        if type(value) is dict and all(type(item) is str for item in value.values()):
            return _of_texts(value).encode()
        return _encoder.encode(_ordered(value)).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("half of a surrogate pair") from error


def clean(text: str) -> str:
    """The text with what PostgreSQL or UTF-8 cannot hold (NUL, half a pair) shown as U+FFFD."""
    # Most of what is kept is plain, and this is asked twenty times an entry.
    if text.isascii() and "\0" not in text:
        return text if type(text) is str else str(text)
    return (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
    )


def plain(value: Any) -> Any:
    """A value in the kinds that `canonical` knows: ids, dates, decimals and enums become texts.

    :raises NotCanonical: for floats and foreign types.
    """
    # The two kinds that nearly all values are.
    if type(value) is str:
        return clean(value)
    if type(value) is dict:
        return {clean(str(name)): plain(item) for name, item in value.items()}
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, str):
        return clean(value)
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date | UUID | Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {clean(str(name)): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise NotCanonical(f"{type(value).__name__} has no canonical form")


def moment(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds, as PostgreSQL keeps them."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
