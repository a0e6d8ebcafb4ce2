"""Proof Key for Code Exchange (RFC 7636), S256 alone; both directions of RFC 9700 2.1.1."""

import re

from gapura.sso.protocol.encoding import hash_of, same
from gapura.sso.protocol.problems import OAuthProblem

METHOD = "S256"
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")  # RFC 7636 4.1
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{43}")  # base64url of 32 octets


def challenge_of(verifier: str) -> str:
    """RFC 7636 4.2."""
    return hash_of(verifier)


def challenge_asked(challenge: str, method: str, *, needed: bool) -> str:
    """The challenge of an authorization request, "" if it may do without and does.

    :raises OAuthProblem: `invalid_request` (RFC 7636 4.4.1). No method means `plain` (4.3).
    """
    if not challenge:
        if needed or method:
            raise _asked("code_challenge is required", "challenge_missing")
        return ""
    if method != METHOD:
        raise _asked("code_challenge_method must be S256", "challenge_method")
    if _CHALLENGE.fullmatch(challenge) is None:
        raise _asked("code_challenge is not the base64url of a SHA-256", "challenge_malformed")
    return challenge


def check_verifier(verifier: str, challenge: str) -> None:
    """Hold the verifier of a token request against the challenge of its code.

    A verifier without a challenge is refused as well: the request that brought the code was
    another one than the client believes (RFC 9700 4.8.2).

    :raises OAuthProblem: `invalid_grant` (RFC 7636 4.6).
    """
    if not challenge and not verifier:
        return
    if not challenge:
        raise _grant("the code was asked for without code_challenge", "verifier_unexpected")
    if not verifier:
        raise _grant("code_verifier is missing", "verifier_missing")
    if _VERIFIER.fullmatch(verifier) is None:
        raise _grant("code_verifier is malformed", "verifier_malformed")
    if not same(challenge_of(verifier), challenge):
        raise _grant("code_verifier does not fit the code", "verifier_wrong")


def _asked(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_request", description, why=why)


def _grant(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_grant", description, why=why)
