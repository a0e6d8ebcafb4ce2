"""Sends signed messages to addresses that an administrator registered (Standard Webhooks 1.0)."""

import base64
import hashlib
import hmac
import secrets
from uuid import UUID

from gapura.kernel import clock
from gapura.outside.asking import demand_no_transaction
from gapura.outside.errors import BadAddress, NotDelivered
from gapura.outside.line import Fault
from gapura.outside.posting import Target, check_target, post

__all__ = ["Target", "check_target", "new_secret", "send_webhook", "sign"]

PREFIX = "whsec_"
_BYTES = 32


def new_secret() -> str:
    """A secret for one endpoint: `whsec_` and 32 random bytes in base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def sign(secret: str, message: str, timestamp: int, body: bytes) -> str:
    """The header `webhook-signature`: HMAC-SHA256 over id, time and body, in version 1."""
    key = base64.b64decode(secret.removeprefix(PREFIX))
    signed = f"{message}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def send_webhook(*, url: str, secret: str, message: UUID, body: bytes) -> None:
    """Post one message; the same `message` id at each try lets the receiver know a repetition.

    :raises NotDelivered: with the fault in one word, and `gone` when it is never to be tried again.
    :raises InsideTransaction: when called inside one: seconds of waiting would hold its locks.
    """
    demand_no_transaction()
    timestamp = int(clock.now().timestamp())
    headers = {
        "webhook-id": str(message),
        "webhook-timestamp": str(timestamp),
        "webhook-signature": sign(secret, str(message), timestamp, body),
    }
    try:
        post(url, headers=headers, body=body)
    except BadAddress as problem:
        raise NotDelivered(f"address_{problem.word}") from None
    except Fault as fault:
        raise NotDelivered(fault.word) from None
