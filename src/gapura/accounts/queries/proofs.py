"""What the civil registry said about an identity, and about whom it must still be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q

from gapura.accounts.choices import DIFFERS, MATCHES, NOT_ASKED, NOT_FOUND, REGISTRY, UNAVAILABLE
from gapura.accounts.errors import NoSuchPerson
from gapura.accounts.models import IdentityProof, Person
from gapura.accounts.rules import nik_facts
from gapura.accounts.rules.proofs import birth_date
from gapura.accounts.states import (
    CONTACT_VERIFIED,
    IDENTITY_PENDING,
    NEEDS_CORRECTION,
    NEEDS_REVERIFICATION,
    VERIFIED,
)
from gapura.kernel import clock

_WAITING = (CONTACT_VERIFIED, IDENTITY_PENDING, NEEDS_CORRECTION, NEEDS_REVERIFICATION)
_TOLD = ("outcome", "fields", "reference", "result_hash", "checked_at")
_NOTHING: Mapping[str, bool] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ProofView:
    """What the civil registry said about the present data of a person.

    `outcome` is a key of STANDINGS: matches, differs, not_found, unavailable or not_asked. `fields`
    says for `name` and `birth_date` whether they match; `reference` is the registry's own.
    """

    outcome: str = NOT_ASKED
    fields: Mapping[str, bool] = field(default_factory=lambda: _NOTHING)
    reference: str = ""
    result_hash: str = ""
    checked_at: datetime | None = None

    @property
    def confirmed(self) -> bool:
        """The registry knows this person so; no document needs to be compared."""
        return self.outcome == MATCHES

    @property
    def may_ask_again(self) -> bool:
        """Another question could bring another answer."""
        return self.outcome in (NOT_ASKED, UNAVAILABLE, DIFFERS, NOT_FOUND)


def registry_proof(person_id: UUID) -> ProofView:
    """What the registry said about this person's present data; for rooms that asked their rights.

    One query. Nobody with this id gives `not_asked`.
    """
    row = IdentityProof.objects.filter(
        person=person_id, source=REGISTRY, superseded_at__isnull=True
    ).first()
    if row is None:
        return ProofView()
    return ProofView(row.outcome, row.fields, row.reference, row.result_hash, row.checked_at)


def person_with_proof(person_id: UUID) -> tuple[Person, ProofView]:
    """A person and what the registry said, in one query.

    :raises NoSuchPerson: unknown id.
    """
    valid = Q(proofs__source=REGISTRY, proofs__superseded_at__isnull=True)
    rows = Person.objects.annotate(valid=FilteredRelation("proofs", condition=valid))
    told = {f"proof_{name}": F(f"valid__{name}") for name in _TOLD}
    row = rows.annotate(**told).filter(pk=person_id).first()
    if row is None:
        raise NoSuchPerson()
    values = {name: getattr(row, f"proof_{name}") for name in _TOLD}
    return row, ProofView(**values) if values["outcome"] else ProofView()


def born(person: Person) -> date | None:
    """The date of birth that the NIK means."""
    today = clock.today()
    return birth_date(nik_facts(person.nik, today).births, today)


def people_to_ask_about(limit: int) -> list[UUID]:
    """Whose identity the registry was not asked about, or did not answer; the oldest first."""
    valid = IdentityProof.objects.filter(
        person=OuterRef("pk"), source=REGISTRY, superseded_at__isnull=True
    )
    silent = Exists(valid.filter(outcome=UNAVAILABLE))
    rows = Person.objects.filter(
        Q(state__in=_WAITING) & ~Exists(valid.exclude(outcome=UNAVAILABLE))
        | Q(state=VERIFIED) & silent
    )
    return list(rows.order_by("id").values_list("pk", flat=True)[:limit])
