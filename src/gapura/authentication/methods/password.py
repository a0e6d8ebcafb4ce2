"""The password: stored as argon2id, old ones remembered, renewed when the figures change."""

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
    return compare(_kept(person), text)


def compare(kept: str | None, text: str) -> Checked:
    """The same with a stored hash, None for nobody. Not inside a transaction.

    :raises HashingBusy: when too many wait.
    """
    return Checked(hashing.verify(kept, text), kept or "")


def is_stored(person: UUID, kept: str) -> bool:
    """Whether `kept` is still the hash of the person's password."""
    return _kept(person) == kept


def renew(person: UUID, text: str, kept: str) -> None:
    """After a right password: hash again when the figures of Argon2 have changed.

    :raises HashingBusy: when too many wait.
    """
    if is_outdated(kept):
        fresh = hashing.hash_password(text)
        Password.objects.filter(person=person, hash=kept).update(hash=fresh)


def is_outdated(kept: str) -> bool:
    """Made with other figures of Argon2 than today's."""
    return hashing.needs_rehash(kept)


def was_used(person: UUID, text: str, history: int = PASSWORD_HISTORY) -> bool:
    """Is it the present password or one of those remembered? Takes up to `history` hashes."""
    row = Password.objects.filter(person=person).first()
    kept = [row.hash, *row.previous][: max(1, history)] if row else []
    return any(hashing.verify(one, text) for one in kept)


def add(person: UUID, hashed: str, chosen_at: datetime | None = None) -> bool:
    """Store a first password; False when there is one already."""
    row, made = Password.objects.get_or_create(
        person_id=person, defaults={"hash": hashed, "changed_at": chosen_at or clock.now()}
    )
    return made and row is not None


def replace(
    person: UUID, hashed: str, *, instead_of: str = "", history: int = PASSWORD_HISTORY
) -> bool:
    """Store a new password and remember the one before; nothing is demanded any more.

    False when `instead_of` is given and is not what is stored any more.
    """
    row = Password.objects.select_for_update().filter(person=person).first()
    if row is None:
        return add(person, hashed)
    if instead_of and row.hash != instead_of:
        return False
    row.previous = [row.hash, *row.previous][: max(0, history - 1)]
    row.hash, row.changed_at = hashed, clock.now()
    row.must_change, row.reminded_at = "", None
    row.save(update_fields=["hash", "previous", "changed_at", "must_change", "reminded_at"])
    return True


def demand(person: UUID, why: str, *, instead_of: str = "") -> bool:
    """From now on sessions of the person lead to a new password and to nothing else.

    False when one is demanded already, when there is no password, or when the stored hash is not
    `instead_of` any more.
    """
    rows = Password.objects.filter(person=person, must_change="")
    if instead_of:
        rows = rows.filter(hash=instead_of)
    return bool(rows.update(must_change=why))


def exists(person: UUID) -> bool:
    """The person signs in with a password."""
    return Password.objects.filter(person=person).exists()


def postpone(person: UUID) -> datetime | None:
    """Remember that a change was put off; answers when the password was chosen."""
    Password.objects.filter(person=person).update(reminded_at=clock.now())
    return changed_at(person)


def standing(person: UUID) -> tuple[datetime, str, datetime | None] | None:
    """When it was chosen, why a new one is demanded (or ""), when that was last put off."""
    rows = Password.objects.filter(person=person)
    return rows.values_list("changed_at", "must_change", "reminded_at").first()


def changed_at(person: UUID) -> datetime | None:
    """When it was chosen; None without a password."""
    return Password.objects.filter(person=person).values_list("changed_at", flat=True).first()


def _kept(person: UUID | None) -> str | None:
    if person is None:
        # The same statement as for a known person, so that both take the same time.
        person = UUID(int=0)
    return Password.objects.filter(person=person).values_list("hash", flat=True).first()
