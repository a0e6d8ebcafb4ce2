"""Whose signatures count here: the log's public key and its witnesses, and who is asked to sign."""

import base64
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from gapura.audit.signing.core import State
from gapura.audit.signing.line import Asks, OwnSigner, SocketSigner
from gapura.audit.signing.safekeeping import Unusable
from gapura.audit.tree.cosignatures import LOG_KEY, VerifierKey
from gapura.audit.tree.stored import latest_checkpoint
from gapura.audit.tree.trust import BadPolicy, Policy, read_policy


@lru_cache
def _key(seed: str) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))


@lru_cache
def _public(raw: bytes) -> Ed25519PublicKey:
    return Ed25519PublicKey.from_public_bytes(raw)


@lru_cache
def _policy(path: str, name: str, seed: str) -> Policy:
    if not path:
        public = _key(seed).public_key().public_bytes_raw()
        text = f"log {VerifierKey(name, LOG_KEY, public)}\nquorum none\n"
        return read_policy(text)
    try:
        found = read_policy(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError, BadPolicy) as error:
        raise _bad(path, str(error)) from None
    if name not in {log.name for log in found.logs}:
        raise _bad(path, f"no log line names {name}, the host of GAPURA_PUBLIC_URL")
    return found


def _bad(path: str, why: str) -> Unusable:
    return Unusable(
        f"The policy of the log in {path} cannot be used ({why}).",
        "Correct it: `gapura signer --show-key` and `gapura witness --show-key` print its lines.",
    )


def policy() -> Policy:
    """Log, witnesses and quorum, as the operator wrote them down.

    :raises Unusable: when the file cannot be used.
    """
    return _policy(str(settings.LOG_POLICY), origin(), settings.LOG_KEY)


def public_key() -> Ed25519PublicKey:
    """The key that checks this log's checkpoints."""
    return _public(_log().public)


def origin() -> str:
    """The name of this log: the host of the public address."""
    return urlsplit(settings.PUBLIC_URL).netloc


def published_key() -> str:
    """The verifier key to hand to auditors and witnesses."""
    return str(_log())


def policy_text() -> str:
    """The policy for anyone who wants to check for himself."""
    return policy().published()


def signer() -> Asks:
    """Who signs: the signer's process; in tests this one, by the rules of the same core."""
    if settings.LOG_KEY:
        return OwnSigner(_key(settings.LOG_KEY), origin(), _latest_state)
    return SocketSigner(settings.SIGNER_SOCKET)


def _log() -> VerifierKey:
    name = origin()
    return next(log for log in policy().logs if log.name == name)


def _latest_state() -> State:
    """What was signed last, as far as the database knows."""
    last = latest_checkpoint()
    return State(last.size, last.root, last.note) if last else State()
