"""Backup codes: ten, each of 40 random bits, kept as keyed hashes, each works once."""

import secrets
import unicodedata
from datetime import datetime
from uuid import UUID

from gapura.authentication.errors import RecoveryCodeUsed, WrongRecoveryCode
from gapura.authentication.models import RecoveryCode
from gapura.authentication.rules import RECOVERY_CODES
from gapura.kernel import clock
from gapura.kernel.encryption import lookup
from gapura.kernel.problems import Problem

# 32 signs without I, O, 0 and 1, which look alike on paper.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
LENGTH = 8
_LONGEST_TYPED = 64


def make(person: UUID) -> tuple[str, ...]:
    """New codes such as `K7QF-2MXA`; the ones before stop working. They are shown once."""
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))
    RecoveryCode.objects.filter(person=person).delete()
    now = clock.now()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person_id=person, hash=_hash(person, code), created_at=now) for code in codes
    )
    return tuple(f"{code[:4]}-{code[4:]}" for code in sorted(codes))


def use(person: UUID, typed: str) -> Problem | None:
    """Take a code: None when it is right and unused; one of two parallel tries gets through."""
    code = _canonical(typed)
    if len(code) != LENGTH:
        return WrongRecoveryCode()
    row = RecoveryCode.objects.filter(person=person, hash=_hash(person, code))
    if row.filter(used_at__isnull=True).update(used_at=clock.now()):
        return None
    return RecoveryCodeUsed() if row.exists() else WrongRecoveryCode()


def left(person: UUID) -> int:
    """How many still work."""
    return RecoveryCode.objects.filter(person=person, used_at__isnull=True).count()


def remove(person: UUID, since: datetime | None = None) -> None:
    """Take all of them away; with `since` those made then or later."""
    mine = RecoveryCode.objects.filter(person=person)
    (mine if since is None else mine.filter(created_at__gte=since)).delete()


def _canonical(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed[:_LONGEST_TYPED]).upper()
    return "".join(sign for sign in plain if sign in ALPHABET)


def _hash(person: UUID, code: str) -> bytes:
    return lookup(f"{person}:{code}", "recovery_code")
