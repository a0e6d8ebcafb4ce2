"""The personas as visitors: signed in over HTTP with the code of their app."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bench.wire import Line, Visitor

if TYPE_CHECKING:
    from gapura.ops.seeding.credentials import Credentials


def keys() -> Mapping[str, "Credentials"]:
    """How each persona signs in."""
    from gapura.ops.seeding.cast import CAST
    from gapura.ops.seeding.credentials import credentials_of

    return {persona.username: credentials_of(persona) for persona in CAST}


def enter(line: Line, key: "Credentials") -> Visitor:
    """Sign in; the code may have been used a moment ago."""
    from gapura.authentication.queries import app_code

    forget_codes(key.username)
    visitor = Visitor(line)
    visitor.sign_in(key.username, key.password, app_code(key.totp_secret))
    return visitor


def forget_codes(username: str) -> None:
    """A code works once; here somebody signs in several times within the same half minute."""
    from gapura.authentication.models import Totp

    Totp.objects.filter(person__username=username).update(last_step=0)
