"""How a company stands in the eyes of the authorities: for the nightly look, and the platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.kinds import ADOPTABLE
from gapura.organizations.models import Company, CompanyDifference, CompanyStanding
from gapura.organizations.permissions import Can
from gapura.organizations.queries.companies import CompanyView, companies_named, company

PAGE = 40
_MOST = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which an authority and we differ; `adoptable` ones the company may settle."""

    id: UUID
    field: str
    ours: str
    theirs: str
    authority: str
    reference: str
    result_hash: str
    found_at: datetime
    settled_at: datetime | None
    settled: str

    @property
    def adoptable(self) -> bool:
        """The authority's own fact, which our copy may follow."""
        return self.field in ADOPTABLE and self.settled_at is None


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One dated row as the platform reads it; `by` and `lifted_by` are people, None the system."""

    state: str
    since: date
    until: date | None
    basis: str
    source: str
    result_hash: str
    recorded_at: datetime
    recorded_by: UUID | None
    lifted_at: datetime | None
    lifted_by: UUID | None


@dataclass(frozen=True, slots=True)
class CompanyRecord:
    """A company with everything that was recorded of how it stands; when each was last asked."""

    company: CompanyView
    registered_at: datetime | None
    checked: Mapping[str, datetime | None]
    standings: tuple[StandingRow, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """What we keep of a company, to be compared; numbers in clear."""

    name: str
    form: str
    scale: str
    kblis: str
    region: str
    nib: str
    npwp: str
    taxable: bool
    registered_by: UUID | None


def companies_to_compare(authority: str, before: datetime, limit: int) -> list[str]:
    """Companies with both numbers that `authority` was not asked about since, longest ago first."""
    column = f"{authority}_checked_at"
    late = Q(**{f"{column}__isnull": True}) | Q(**{f"{column}__lt": before})
    rows = Company.objects.exclude(nib="").filter(late, npwp__isnull=False)
    oldest = rows.order_by(F(column).asc(nulls_first=True), "code")
    return list(oldest.values_list("code", flat=True)[:limit])


def kept_facts(code: str) -> KeptFacts:
    """What is kept of a company. For rooms that asked their own rights.

    :raises NoSuchCompany: unknown code.
    """
    seen, row = company(code), Company.objects.get(pk=code)
    return KeptFacts(
        name=row.name,
        form=row.form,
        scale=row.scale,
        kblis=", ".join(sorted(seen.kblis)),
        region=row.region_id or "",
        nib=row.nib,
        npwp=row.npwp or "",
        taxable=row.taxable,
        registered_by=row.registered_by,
    )


def open_differences(code: str) -> tuple[Difference, ...]:
    """Where authorities and we differ about a company now. One query."""
    return _differences(code, only_open=True)


def _differences(code: str, *, only_open: bool) -> tuple[Difference, ...]:
    rows = CompanyDifference.objects.filter(company=code)
    rows = rows.filter(settled_at__isnull=True) if only_open else rows
    columns = (
        "id", "field", "ours", "theirs", "authority", "reference", "result_hash", "found_at",
        "settled_at", "settled",
    )  # fmt: skip
    newest = rows.order_by(F("settled_at").desc(nulls_first=True), "-found_at", "-id")
    return tuple(Difference(*row) for row in newest.values_list(*columns)[:_MOST])


def companies_for(actor: Actor, text: str = "", page: int = 1) -> list[CompanyView]:
    """Companies by name, 40 a page, whose name, code or business number holds `text`.

    :raises Refused: for others than the platform's administrators and helpdesk.
    """
    require(actor, Can.SEE_STANDING)
    text = text.replace("\0", "").strip()[:100]
    rows = Company.objects.all()
    if text:
        named = Q(name__icontains=text) | Q(code__iexact=text) | Q(nib=text)
        rows = rows.filter(named)
    first = (max(page, 1) - 1) * PAGE
    codes = list(rows.order_by("name", "code").values_list("code", flat=True)[first : first + PAGE])
    found = companies_named(codes)
    return [found[code] for code in codes]


def company_record(actor: Actor, code: str) -> CompanyRecord:
    """Everything recorded of how a company stands.

    :raises NoSuchCompany: unknown code.
    :raises Refused: for others than the platform's administrators and helpdesk.
    """
    require(actor, Can.SEE_STANDING)
    seen = company(code)
    row = Company.objects.get(pk=code)
    columns = (
        "state", "since", "until", "basis", "source", "result_hash", "recorded_at", "recorded_by",
        "superseded_at", "superseded_by",
    )  # fmt: skip
    rows = CompanyStanding.objects.filter(company=code).order_by("-recorded_at", "-id")
    return CompanyRecord(
        company=seen,
        registered_at=row.registered_at,
        checked={
            "blacklist": row.checked_at,
            "oss": row.oss_checked_at,
            "tax": row.tax_checked_at,
        },
        standings=tuple(StandingRow(*each) for each in rows.values_list(*columns)[:_MOST]),
        differences=_differences(code, only_open=False),
    )
