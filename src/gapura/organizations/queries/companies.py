"""Companies as buyers, curators and orders see them, and how they stand on a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, Q

from gapura.kernel import clock
from gapura.kernel.prepared import Prepared
from gapura.organizations.errors import NoSuchCompany
from gapura.organizations.kinds import ACTIVE, GRAVITY
from gapura.organizations.models import Company, CompanyStanding
from gapura.organizations.rules import is_code


@dataclass(frozen=True, slots=True)
class CompanyView:
    """One company as everybody may see it; `form`, `scale` and `standing` are codes of kinds.py.

    `standing` is today's in Jakarta. `nib` is empty for companies entered before it was checked.
    """

    code: str
    name: str
    nib: str = ""
    form: str = ""
    scale: str = ""
    taxable: bool = False
    kblis: tuple[str, ...] = ()
    region_name: str = ""
    standing: str = ACTIVE


_STANDING = Prepared(
    lambda code, begun, ending: CompanyStanding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=ending),
        company=code,
        since__lte=begun,
        superseded_at__isnull=True,
    ).values_list("state"),
    "probe",
    date(1945, 8, 17),
    date(1945, 8, 18),
)


def company(code: str) -> CompanyView:
    """One company (two queries).

    :raises NoSuchCompany: unknown code.
    """
    found = companies_named({code}) if is_code(code) else {}
    if code not in found:
        raise NoSuchCompany()
    return found[code]


def companies_named(codes: Collection[str]) -> dict[str, CompanyView]:
    """Several at once, for lists (two queries); unknown codes are left out."""
    if not codes:
        return {}
    standing = standings_of(codes, clock.today())
    rows = Company.objects.filter(pk__in=codes).annotate(
        lines=ArrayAgg("kblis__kbli", filter=Q(kblis__isnull=False), order_by="kblis__kbli")
    )
    columns = ("code", "name", "nib", "form", "scale", "taxable", "lines", "region__name")
    return {
        code: CompanyView(
            code, name, nib, form, scale, taxable, tuple(kblis or ()), region or "",
            standing[code],
        )
        for code, name, nib, form, scale, taxable, kblis, region in rows.values_list(*columns)
    }  # fmt: skip


def standing_of(code: str, day: date) -> str:
    """How a company stands on a legal day: the gravest of what was recorded, else active."""
    found = [state for (state,) in _STANDING.rows(code, day, day)]
    return max(found, key=GRAVITY.__getitem__, default=ACTIVE)


def standings_of(codes: Collection[str], day: date) -> dict[str, str]:
    """The same for several at once. One query."""
    found = dict.fromkeys(codes, ACTIVE)
    for code, state in CompanyStanding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day),
        company__in=codes,
        since__lte=day,
        superseded_at__isnull=True,
    ).values_list("company_id", "state"):
        if GRAVITY[state] > GRAVITY[found[code]]:
            found[code] = state
    return found


def company_of_nib(nib: str) -> str:
    """The code of the company that is registered under a business number, or an empty text."""
    rows = Company.objects.exclude(nib="").filter(nib=nib).values_list("code", flat=True)
    return rows.first() or ""


def companies_to_check(asked_before: datetime, limit: int = 100) -> list[str]:
    """Companies that nobody asked about since, the longest ago first.

    Only those with both numbers: the authorities know a company by nothing else.
    """
    rows = Company.objects.exclude(nib="").filter(
        Q(checked_at__isnull=True) | Q(checked_at__lt=asked_before), npwp__isnull=False
    )
    oldest = rows.order_by(F("checked_at").asc(nulls_first=True), "code")
    return list(oldest.values_list("code", flat=True)[:limit])
