"""Finding who holds a NIK, for rooms that name people by it. Never for showing to anybody."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from gapura.accounts.models import Person
from gapura.accounts.queries.checks import regions
from gapura.accounts.rules import bare, nik_problems
from gapura.accounts.states import CLOSED
from gapura.kernel import clock
from gapura.kernel.encryption import lookup
from gapura.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class NikHolder:
    """The one account whose identity with this NIK was verified; `state` says how it stands now."""

    id: UUID
    username: str
    name: str
    kind: str
    state: str
    key: bytes


def bare_nik(text: str) -> str:
    """A NIK as typed, without the blanks and signs that people put between its groups."""
    return bare(text)


def nik_problem(nik: str) -> Problem | None:
    """What makes a bare text no NIK, or None."""
    found = nik_problems(nik, regions(), clock.today())
    return found[0] if found else None


def nik_key(nik: str) -> bytes:
    """The keyed hash by which a NIK is found. 32 bytes."""
    return lookup(nik, "nik")


def key_of_person(person_id: UUID) -> bytes:
    """The same of an account; empty for an unknown one."""
    found = Person.objects.filter(pk=person_id).values_list("nik_lookup", flat=True).first()
    return bytes(found) if found is not None else b""


def holders_of_niks(keys: Collection[bytes]) -> dict[bytes, NikHolder]:
    """Who holds the NIKs of these keys: accounts verified once and not closed; at most one each."""
    rows = Person.objects.filter(nik_lookup__in=list(keys), verified_at__isnull=False)
    rows = rows.exclude(state=CLOSED)
    found = rows.only("id", "username", "name", "kind", "state", "nik_lookup")
    holders = (
        NikHolder(row.id, row.username, row.name, row.kind, row.state, bytes(row.nik_lookup))
        for row in found
    )
    return {holder.key: holder for holder in holders}


def people_named(usernames: Collection[str]) -> dict[str, UUID]:
    """Verified people by username; unknown names are left out."""
    rows = Person.objects.filter(username__in=list(usernames), state="verified")
    return dict(rows.values_list("username", "id"))
