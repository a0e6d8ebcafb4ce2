"""The password: stored as argon2id, the last five remembered, renewed when the figures change."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.authentication import hashing
from gapura.authentication.models import Password
from gapura.authentication.rules import PASSWORD_HISTORY
from gapura.kernel import clock


@dataclass(frozen=True, slots=True)
class Checked:
    """Whether a password fits, and the stored hash it was compared with."""

    fits: bool
    kept: str


def check(person: UUID | None, text: str) -> Checked:
    """Compare with the person's password: one hash whoever it is. Not inside a transaction.

    :raises HashingBusy: when too many wait.
    """
    kept = _kept(person)
    return Checked(hashing.verify(kept, text), kept or "")


def renew(person: UUID, text: str, kept: str) -> None:
    """After a right password: hash again when the figures of Argon2 have changed.

    :raises HashingBusy: when too many wait.
    """
    if hashing.needs_rehash(kept):
        fresh = hashing.hash_password(text)
        Password.objects.filter(person=person, hash=kept).update(hash=fresh)


def was_used(person: UUID, text: str) -> bool:
    """Is it the present password or one of those remembered? Takes up to five hashes."""
    row = Password.objects.filter(person=person).first()
    kept = [row.hash, *row.previous][:PASSWORD_HISTORY] if row else []
    return any(hashing.verify(one, text) for one in kept)


def add(person: UUID, hashed: str) -> bool:
    """Store a first password; False when there is one already."""
    row, made = Password.objects.get_or_create(
        person_id=person, defaults={"hash": hashed, "changed_at": clock.now()}
    )
    return made and row is not None


def replace(person: UUID, hashed: str, *, instead_of: str = "") -> bool:
    """Store a new password and remember the one before.

    False when `instead_of` is given and is not what is stored any more.
    """
    row = Password.objects.select_for_update().filter(person=person).first()
    if row is None:
        return add(person, hashed)
    if instead_of and row.hash != instead_of:
        return False
    row.previous = [row.hash, *row.previous][: PASSWORD_HISTORY - 1]
    row.hash, row.changed_at = hashed, clock.now()
    row.save(update_fields=["hash", "previous", "changed_at"])
    return True


def changed_at(person: UUID) -> datetime | None:
    """When it was chosen; None without a password."""
    return Password.objects.filter(person=person).values_list("changed_at", flat=True).first()


def _kept(person: UUID | None) -> str | None:
    if person is None:
        # The same statement as for a known person, so that both take the same time.
        person = UUID(int=0)
    return Password.objects.filter(person=person).values_list("hash", flat=True).first()
