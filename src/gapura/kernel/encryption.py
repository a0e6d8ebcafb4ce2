"""Sealed values (AES-256-GCM under a key ring) and keyed lookups (HMAC-SHA-256)."""

import base64
import hmac
import os
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

_NONCE = 12


class Unsealable(Exception):
    """Sealed with a key that is not in the ring, altered, or moved to another column."""


@lru_cache
def _ring(keys: tuple[str, ...]) -> dict[int, AESGCM]:
    pairs = (key.split(":", 1) for key in keys)
    return {int(number): AESGCM(base64.b64decode(secret)) for number, secret in pairs}


@lru_cache
def _first(keys: tuple[str, ...]) -> tuple[bytes, AESGCM]:
    """The key that seals, after its number in two bytes."""
    number = int(keys[0].split(":", 1)[0])
    return number.to_bytes(2, "big"), _ring(keys)[number]


def seal(plaintext: bytes, context: str) -> bytes:
    """Encrypt under the first key of the ring; `context` (table.column) is needed to open it."""
    head, key = _first(tuple(settings.DATA_KEYS))
    nonce = os.urandom(_NONCE)
    return head + nonce + key.encrypt(nonce, plaintext, context.encode())


def open_sealed(token: bytes, context: str) -> bytes:
    """The plain bytes.

    :raises Unsealable: for a foreign key, another context or an altered token.
    """
    token = bytes(token)
    key = _ring(tuple(settings.DATA_KEYS)).get(int.from_bytes(token[:2], "big"))
    if key is None:
        raise Unsealable("the key is not in the ring")
    try:
        return key.decrypt(token[2 : 2 + _NONCE], token[2 + _NONCE :], context.encode())
    except InvalidTag as error:
        raise Unsealable("altered, or sealed for another place") from error


_decoded = lru_cache(maxsize=2)(base64.b64decode)


def lookup(value: str, purpose: str) -> bytes:
    """A keyed hash by which an encrypted number can be found and kept unique. 32 bytes."""
    return hmac.digest(_decoded(settings.LOOKUP_KEY), f"{purpose}\0{value}".encode(), "sha256")


if TYPE_CHECKING:
    _Column = models.Field[Any, Any]
else:
    _Column = models.BinaryField


class SealedText(_Column):
    """A text column that is encrypted at rest; the context is `table.column`."""

    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        """Seal on the way in; None stays None."""
        if isinstance(value, str):
            value = seal(value.encode(), self._context())
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        """Open on the way out."""
        return None if value is None else open_sealed(value, self._context()).decode()

    def to_python(self, value: Any) -> Any:
        """Texts are texts; forms and loaders never see the sealed bytes."""
        return value
