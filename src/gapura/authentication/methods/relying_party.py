"""This site as the relying party of WebAuthn: its names, and what it asks of browsers."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from webauthn.helpers import bytes_to_base64url
from webauthn.helpers.cose import COSEAlgorithmIdentifier as Cose

# What authenticators in use can do; the first is preferred. Windows Hello may need the last.
ALGORITHMS = (Cose.EDDSA, Cose.ECDSA_SHA_256, Cose.RSASSA_PKCS1_v1_5_SHA_256)
CHALLENGE_BYTES = 32
TIMEOUT_MS = 300_000
NAME = "Gapura"


def site_id() -> str:
    """The relying party: the host of `GAPURA_PUBLIC_URL`, whatever name the request came by."""
    return urlsplit(settings.PUBLIC_URL).hostname or ""


def site_origin() -> str:
    """The one origin whose pages may ask, as browsers write it (without a usual port)."""
    parts = urlsplit(settings.PUBLIC_URL)
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    port = f":{parts.port}" if parts.port and parts.port != usual else ""
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    return f"{parts.scheme}://{host}{port}"


def creation_options(
    challenge: bytes, *, handle: bytes, username: str, name: str, known: Iterable[dict[str, Any]]
) -> dict[str, Any]:
    """What `navigator.credentials.create` needs, in its JSON form; `known` are not made again."""
    return {
        "challenge": bytes_to_base64url(challenge),
        "rp": {"id": site_id(), "name": NAME},
        "user": {"id": bytes_to_base64url(handle), "name": username, "displayName": name},
        "pubKeyCredParams": [{"type": "public-key", "alg": int(each)} for each in ALGORITHMS],
        "timeout": TIMEOUT_MS,
        "attestation": "none",
        "authenticatorSelection": {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        },
        "excludeCredentials": list(known),
    }


def request_options(challenge: bytes, allowed: Iterable[dict[str, Any]] = ()) -> dict[str, Any]:
    """What `navigator.credentials.get` needs; without `allowed` the person chooses the account."""
    return {
        "challenge": bytes_to_base64url(challenge),
        "rpId": site_id(),
        "timeout": TIMEOUT_MS,
        "userVerification": "required",
        "allowCredentials": list(allowed),
    }


def descriptor(credential_id: bytes, transports: Iterable[str]) -> dict[str, Any]:
    """A credential as options name it."""
    return {
        "type": "public-key",
        "id": bytes_to_base64url(credential_id),
        "transports": list(transports),
    }
