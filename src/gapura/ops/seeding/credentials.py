"""Passwords and app keys of the demo's people, derived from the secret of this one installation."""

import base64
import hmac
from dataclasses import dataclass
from itertools import count

from django.conf import settings

from gapura.authentication.queries import PasswordContext, password_feedback
from gapura.ops.seeding.cast import Persona
from gapura.ops.trouble import Trouble

_CONSONANTS, _VOWELS = "bdghjklmnprstwyc", "aiueo"
_GROUPS = 4
# As long as the keys that gapura itself makes (RFC 4226 4: 160 bits).
_SECRET_BYTES = 20


@dataclass(frozen=True, slots=True)
class Credentials:
    """How a persona signs in; `totp_secret` is base32 without padding."""

    username: str
    password: str
    totp_secret: str


def demo_only(what: str) -> None:
    """Refuse under production settings: what is made here is known to whoever can read the secret.

    :raises Trouble: with what to do instead.
    """
    if not (settings.DEMO or settings.TESTING):
        raise Trouble(
            f"{what} is for the demo and for tests, and GAPURA_ENVIRONMENT is production. "
            "People of a real installation register at /register; "
            "its first administrator is made with gapura create-admin."
        )


def credentials_of(persona: Persona) -> Credentials:
    """Password and app key, the same whenever they are asked for in this installation."""
    key = _derived("totp", persona.username)[:_SECRET_BYTES]
    secret = base64.b32encode(key).decode().rstrip("=")
    return Credentials(persona.username, _password(persona), secret)


def about(persona: Persona) -> PasswordContext:
    """What a guesser knows of a persona."""
    return PasswordContext(persona.name, persona.username, persona.email)


def _password(persona: Persona) -> str:
    """Four pronounceable groups (50 bits) that the usual check accepts."""
    tries = (_groups(_derived(f"password {n}", persona.username)) for n in count())
    known = about(persona)
    return next(text for text in tries if not password_feedback(text, known).problems)


def _derived(purpose: str, username: str) -> bytes:
    label = f"gapura demo\0{purpose}\0{username}"
    return hmac.digest(settings.SECRET_KEY.encode(), label.encode(), "sha512")


def _groups(data: bytes) -> str:
    signs = [
        _CONSONANTS[byte % len(_CONSONANTS)] if place % 2 == 0 else _VOWELS[byte % len(_VOWELS)]
        for place, byte in enumerate(data[: _GROUPS * 4])
    ]
    word = "".join(signs)
    return "-".join(word[start : start + 4] for start in range(0, len(word), 4))
