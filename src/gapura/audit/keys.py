"""The log's own key, from the settings: never in the database."""

import base64
from functools import lru_cache
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from gapura.audit.notes import verifier_key


@lru_cache
def _key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))


@lru_cache
def _public(seed: str) -> Ed25519PublicKey:
    return _key(seed).public_key()


def signing_key() -> Ed25519PrivateKey:
    """The key that signs checkpoints."""
    return _key(settings.LOG_KEY)


def public_key() -> Ed25519PublicKey:
    """The key that checks them."""
    return _public(settings.LOG_KEY)


def origin() -> str:
    """The name of this log: the host of the public address."""
    return urlsplit(settings.PUBLIC_URL).netloc


def published_key() -> str:
    """The verifier key to hand to auditors and witnesses."""
    return verifier_key(origin(), public_key().public_bytes_raw())
