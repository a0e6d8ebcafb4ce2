"""Salted commitments: the log proves a personal value without holding it, and can forget it."""

import base64
import hmac
import json
import secrets
from collections.abc import Mapping
from typing import Any

from gapura.audit.canonical import canonical
from gapura.kernel.encryption import open_sealed, seal

_SALT = 16
# `json.loads` looks at each text's encoding and options first; these are ours.
_read = json.JSONDecoder().decode

Opened = dict[str, tuple[str, Any]]


def commitment(salt: str, field: str, value: Any) -> str:
    """HMAC-SHA-256 under the value's own random salt, over the field's name and canonical value."""
    key, data = base64.b64decode(salt), field.encode() + b"\0" + canonical(value)
    return base64.b64encode(hmac.digest(key, data, "sha256")).decode()


def context(event_id: object, part: str) -> str:
    """What a part is sealed for: so that none can be put beside another entry."""
    return f"audit_personal.sealed/{event_id}/{part}"


def commit(values: Mapping[str, Any], place: str) -> tuple[dict[str, str], bytes]:
    """The commitments for the log, and salts with clear values sealed for keeping at `place`."""
    salts = {field: base64.b64encode(secrets.token_bytes(_SALT)).decode() for field in values}
    public = {field: commitment(salts[field], field, value) for field, value in values.items()}
    kept = {field: [salts[field], value] for field, value in values.items()}
    return public, seal(canonical(kept), place)


def open_values(sealed: bytes, place: str) -> Opened:
    """Salt and clear value by field.

    :raises gapura.kernel.encryption.Unsealable: when altered or sealed under an unknown key.
    """
    opened: Opened = _read(open_sealed(sealed, place).decode())
    return opened
