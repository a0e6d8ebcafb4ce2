"""Authenticator apps: RFC 6238 over RFC 4226, secrets sealed, each time step accepted once."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from urllib.parse import quote, urlencode
from uuid import UUID

import segno
from django.db import connection

from gapura.authentication.errors import AppCodeUsed, NothingToConfirm, WrongAppCode
from gapura.authentication.models import Totp
from gapura.kernel import clock
from gapura.kernel.encryption import open_sealed
from gapura.kernel.problems import Problem

ISSUER = "Gapura"
PERIOD = 30
DIGITS = 6
# Codes of one step before and after pass: clocks of phones differ (RFC 6238 5.2).
DRIFT = 1
# RFC 4226 4: at least 128 bits, 160 recommended.
SECRET_BYTES = 20
_TAKE = "UPDATE authentication_totp SET last_step = %s WHERE id = %s AND last_step < %s"


@dataclass(frozen=True, slots=True)
class App:
    """What is needed of a row to check a code."""

    pk: UUID
    secret: str

    @classmethod
    def opened(cls, row: UUID, sealed: bytes) -> "App":
        """From the columns as they lie in the table."""
        return cls(row, open_sealed(sealed, "authentication_totp.secret").decode())


def hotp(secret: bytes, counter: int, digits: int = DIGITS, algorithm: str = "sha1") -> str:
    """The one-time password of a counter (RFC 4226 5.3)."""
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_now() -> int:
    """The present time step."""
    return int(clock.now().timestamp()) // PERIOD


def code_at(secret: str, step: int) -> str:
    """What an app with this base32 secret shows in a step."""
    return hotp(_decoded(secret), step)


def new_secret() -> str:
    """A secret as apps take it: base32 without padding."""
    return base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode().rstrip("=")


def grouped(secret: str) -> str:
    """The secret in groups of four, for typing it."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def uri(secret: str, username: str) -> str:
    """The otpauth URI that apps read from the QR code."""
    label = quote(f"{ISSUER}:{username}", safe=":")
    return f"otpauth://totp/{label}?" + urlencode(
        {"secret": secret, "issuer": ISSUER, "digits": DIGITS, "period": PERIOD}
    )


def qr_svg(text: str) -> bytes:
    """A QR code as an SVG file without styles or scripts."""
    out = BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", scale=4, border=4, light="#ffffff", xmldecl=True, nl=False
    )
    return out.getvalue()


def confirmed(person: UUID) -> Totp | None:
    """The app the person signs in with."""
    return Totp.objects.filter(person=person, confirmed_at__isnull=False).first()


def pending(person: UUID, since: datetime) -> Totp | None:
    """The app that waits for its first code; a key older than `since` is not this person's doing.

    Somebody who was signed in before may have begun it and kept the key.
    """
    return Totp.objects.filter(
        person=person, confirmed_at__isnull=True, created_at__gte=since
    ).first()


def store(person: UUID, secret: str, name: str = "") -> Totp:
    """Put a secret to be confirmed in place of any other that waits.

    :raises ValueError: for a secret that is not base32.
    """
    _decoded(secret)
    row, _ = Totp.objects.update_or_create(
        person_id=person,
        confirmed_at=None,
        defaults={"secret": secret, "name": name, "last_step": 0, "created_at": clock.now()},
    )
    return row


def check(row: Totp | App, code: str) -> Problem | None:
    """Take a code: None when it is right and newer than any accepted before.

    The conditional UPDATE lets one of two parallel tries through, and never an older step.
    """
    step = _step_of(row.secret, code)
    if step is None:
        return WrongAppCode()
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [step, row.pk, step])
        return None if cursor.rowcount else AppCodeUsed()


def confirm(person: UUID, code: str, since: datetime) -> bool:
    """The app that waits becomes the one to sign in with; answers whether it replaced another.

    `since` as in `pending`.

    :raises NothingToConfirm: when none waits.
    :raises WrongAppCode: for a code that is not the app's.
    """
    waiting = Totp.objects.select_for_update().filter(person=person, confirmed_at=None)
    row = waiting.filter(created_at__gte=since).first()
    if row is None:
        raise NothingToConfirm()
    if problem := check(row, code):
        raise problem
    replaced, _ = Totp.objects.filter(person=person, confirmed_at__isnull=False).delete()
    Totp.objects.filter(pk=row.pk).update(confirmed_at=clock.now())
    return replaced > 0


def issue(person: UUID, secret: str) -> bool:
    """Store a secret as confirmed without a code; answers whether it replaced another."""
    row = store(person, secret)
    replaced, _ = Totp.objects.filter(person=person, confirmed_at__isnull=False).delete()
    Totp.objects.filter(pk=row.pk).update(confirmed_at=clock.now())
    return replaced > 0


def remove(person: UUID, since: datetime | None = None) -> bool:
    """Take the app away, also one that waits; answers whether one was in use.

    With `since` only one that was confirmed then or later.
    """
    mine = Totp.objects.filter(person=person)
    mine.filter(confirmed_at__isnull=True).delete()
    used, _ = (mine if since is None else mine.filter(confirmed_at__gte=since)).delete()
    return used > 0


def _step_of(secret: str, code: str) -> int | None:
    """The step whose code this is; every candidate is compared, in constant time."""
    if not (code.isascii() and code.isdigit() and len(code) == DIGITS):
        return None
    now, key = step_now(), _decoded(secret)
    steps = range(now - DRIFT, now + DRIFT + 1)
    fitting = [step for step in steps if hmac.compare_digest(hotp(key, step), code)]
    return max(fitting, default=None)


def _decoded(secret: str) -> bytes:
    return base64.b32decode(secret + "=" * (-len(secret) % 8))
