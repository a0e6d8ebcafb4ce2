"""Keys, clients and tokens for the tests of the protocol, honest ones and forged ones."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from gapura.sso.protocol.jose import BadToken, SigningKey
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
AT = int(NOW.timestamp())
ISSUER = "https://gapura.example"
TOKEN_URL = f"{ISSUER}/oauth2/token"


@cache
def ec_key(kid: str = "ec-1") -> SigningKey:
    return SigningKey.of(ec.generate_private_key(ec.SECP256R1()), kid=kid, algorithm="ES256")


@cache
def rsa_key(kid: str = "rsa-1", algorithm: str = "RS256") -> SigningKey:
    return SigningKey.of(rsa.generate_private_key(65537, 2048), kid=kid, algorithm=algorithm)


def coded(part: bytes | Mapping[str, Any]) -> str:
    data = part if isinstance(part, bytes) else json.dumps(part).encode()
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def forged(
    header: bytes | Mapping[str, Any],
    claims: bytes | Mapping[str, Any],
    signature: bytes | Callable[[bytes], bytes],
) -> str:
    """A token with whatever is in it, signed or "signed"."""
    signed = f"{coded(header)}.{coded(claims)}"
    made = signature if isinstance(signature, bytes) else signature(signed.encode())
    return f"{signed}.{coded(made)}"


def client(**changes: Any) -> Client:
    plain = Client(id=UUID(int=7), client_id="spse-42", name="SPSE")
    return replace(plain, **changes)


def why(call: Callable[..., object], *given: object, **named: object) -> str:
    """Why it is refused, in the words of the log."""
    with pytest.raises((BadToken, OAuthProblem)) as caught:
        call(*given, **named)
    return str(getattr(caught.value, "why"))  # noqa: B009 - both kinds have it
