"""Salted commitments: the log proves a personal value without holding it, and can forget it."""

import base64
import hmac
import json
import os
from binascii import b2a_base64
from collections.abc import Mapping
from typing import Any

from gapura.audit.canonical import canonical, names
from gapura.kernel.encryption import open_sealed, seal

_SALT = 16
# `json.loads` looks at each text's encoding and options first; these are ours.
_read = json.JSONDecoder().decode

Opened = dict[str, tuple[str, Any]]


def commitment(salt: str, field: str, value: Any) -> str:
    """HMAC-SHA-256 under the value's own random salt, over the field's name and canonical value."""
    return _commitment(base64.b64decode(salt), field, canonical(value))


def _commitment(key: bytes, field: str, value: bytes) -> str:
    data = field.encode() + b"\0" + value
    return b2a_base64(hmac.digest(key, data, "sha256"), newline=False).decode()


def context(event_id: object, part: str) -> str:
    """What a part is sealed for: so that none can be put beside another entry."""
    return f"audit_personal.sealed/{event_id}/{part}"


def commit(values: Mapping[str, Any], place: str) -> tuple[dict[str, str], bytes]:
    """The commitments for the log, and salts with clear values sealed for keeping at `place`."""
    public: dict[str, str] = {}
    kept: dict[str, bytes] = {}
    for field, value in values.items():
        key, clear = os.urandom(_SALT), canonical(value)
        public[field] = _commitment(key, field, clear)
        kept[field] = b'%b:["%b",%b]' % (canonical(field), b2a_base64(key, newline=False), clear)
    # What `canonical` makes of {field: [salt, value]}: each value is written once for both uses.
    clear = b"{" + b",".join(kept[field] for field in names(kept)) + b"}"
    return public, seal(clear, place)


def open_values(sealed: bytes, place: str) -> Opened:
    """Salt and clear value by field.

    :raises gapura.kernel.encryption.Unsealable: when altered or sealed under an unknown key.
    """
    opened: Opened = _read(open_sealed(sealed, place).decode())
    return opened
