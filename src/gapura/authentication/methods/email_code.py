"""Codes by e-mail: for one purpose, person, session and address; ten minutes, five tries, once."""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from gapura.authentication.errors import (
    CodeDead,
    CodeExpired,
    CodeReplaced,
    CodeUsed,
    NoCodeHere,
    WrongCode,
)
from gapura.authentication.models import EmailCode
from gapura.authentication.rules import CODE_DIGITS, CODE_LIFE, CODE_TRIES, Purpose
from gapura.kernel import clock
from gapura.kernel.encryption import lookup
from gapura.kernel.problems import Problem

_LONGEST_TYPED = 32


@dataclass(frozen=True, slots=True)
class Issued:
    """The digits for the mail, and until when they work."""

    code: str
    expires_at: datetime


def issue(
    session: UUID,
    purpose: Purpose,
    person: UUID | None,
    address: str,
    *,
    fits_nothing: bool = False,
) -> Issued:
    """Make a code; any before it for this session and purpose is replaced.

    With `fits_nothing` the row is made all the same, but no code fits it: a flow that leads nowhere
    must look and cost like the others.
    """
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))
    now = clock.now()
    EmailCode.objects.create(
        purpose=purpose,
        session_id=session,
        person_id=person,
        hash=secrets.token_bytes(32)
        if fits_nothing
        else _hash(session, purpose, person, address, code),
        created_at=now,
        expires_at=now + CODE_LIFE,
    )
    return Issued(code, now + CODE_LIFE)


def attempt(
    session: UUID, purpose: Purpose, person: UUID | None, address: str, typed: str
) -> Problem | None:
    """One try with the newest code: None when it was right, and it is then used.

    The try is counted before the code is looked at, by a conditional UPDATE; the caller commits
    also when a problem is answered.
    """
    sent = EmailCode.objects.filter(session=session, purpose=purpose)
    rows = list(sent.order_by("-created_at", "-id")[:2])
    if not rows:
        return NoCodeHere()
    row = rows[0]
    if row.used_at is not None:
        return CodeUsed()
    if clock.now() >= row.expires_at:
        return CodeExpired()
    mine = EmailCode.objects.filter(pk=row.pk, used_at__isnull=True)
    if not mine.filter(attempts__lt=CODE_TRIES).update(attempts=F("attempts") + 1):
        return CodeDead() if mine.exists() else CodeUsed()
    given = _hash(session, purpose, person, address, _canonical(typed))
    if not hmac.compare_digest(bytes(row.hash), given):
        older = len(rows) > 1 and hmac.compare_digest(bytes(rows[1].hash), given)
        return _wrong(CODE_TRIES - row.attempts - 1, replaced=older)
    return None if mine.update(used_at=clock.now()) else CodeUsed()


def _wrong(left: int, *, replaced: bool) -> Problem:
    if left <= 0:
        return CodeDead()
    return CodeReplaced(left=left) if replaced else WrongCode(left=left)


def _canonical(typed: str) -> str:
    """People paste spaces and dashes along; anything else makes the code a wrong one."""
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED])
    return "".join(sign for sign in plain if not sign.isspace() and sign != "-")


def _hash(session: UUID, purpose: Purpose, person: UUID | None, address: str, code: str) -> bytes:
    return lookup(f"{session}:{purpose}:{person}:{address.lower()}:{code}", "email_code")
