"""The branches of a company, its past papers, and which papers end."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.company_errors import NoSuchBranch
from gapura.organizations.models import CompanyBranch, CompanyDocument, PlaceRule, Region
from gapura.organizations.permissions import Can
from gapura.organizations.queries.own_company import masked_number, own_code

# What a list tells at most.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch; `nitku` is masked. `until` is its last day, None while it is open."""

    id: UUID
    number: str
    nitku: str
    name: str
    address: str
    region: str
    region_name: str
    since: date
    until: date | None

    def is_active_on(self, day: date) -> bool:
        """It may be named on papers of this day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class PastPaper:
    """A paper that was replaced by a newer one."""

    id: UUID
    kind: str
    name: str
    number: str
    valid_until: date | None
    added_at: datetime
    replaced_at: datetime


def branches_of(actor: Actor) -> tuple[Branch, ...]:
    """The branches of the actor's company, open ones first, by number.

    :raises NoSuchCompany: the actor acts for no company.
    """
    return _branches(own_code(actor))


def regencies() -> list[tuple[str, str]]:
    """Codes and names of all regencies and cities, by name. One query."""
    rows = Region.objects.filter(code__contains=".").order_by("name", "code")
    return list(rows.values_list("code", "name"))


def branch_for(actor: Actor, branch: UUID) -> Branch:
    """One open branch of the actor's company, to be changed.

    :raises NoSuchBranch: unknown, closed, or another company's.
    :raises Refused: not the company's administrator, or not signed in strongly.
    """
    require(actor, Can.CHANGE_BRANCH)
    code = actor.grant.company if actor.grant else ""
    found = [each for each in _branches(code) if each.id == branch and each.until is None]
    if not found:
        raise NoSuchBranch()
    return found[0]


def branches_on(company: str, day: date) -> tuple[Branch, ...]:
    """The branches of a company that are open on a day, for what may name one of them."""
    return tuple(each for each in _branches(company) if each.is_active_on(day))


def _branches(code: str) -> tuple[Branch, ...]:
    rows = CompanyBranch.objects.filter(company=code).select_related("region", "company")
    found = [
        Branch(
            row.id, row.number, _masked_nitku(row.company.npwp, row.number), row.name, row.address,
            row.region_id or "", row.region.name if row.region else "", row.since, row.until,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.until is not None, each.number, each.since)))


def _masked_nitku(npwp: str | None, number: str) -> str:
    return f"{masked_number(npwp)} {number}".strip()


def past_papers(actor: Actor) -> tuple[PastPaper, ...]:
    """The papers of the actor's company that newer ones replaced, the latest first; at most 100.

    :raises NoSuchCompany: the actor acts for no company.
    """
    rows = CompanyDocument.objects.filter(company=own_code(actor), replaced_at__isnull=False)
    columns = (
        "id", "kind", "document__name", "number", "valid_until", "added_at", "replaced_at",
    )  # fmt: skip
    newest = rows.order_by("-replaced_at", "-id").values_list(*columns)[:_MOST]
    return tuple(PastPaper(*row) for row in newest)


def papers_ending(limit: int = 200) -> list[tuple[str, list[tuple[str, date]]]]:
    """Companies with papers that end soon or ended, and were not told lately; which, and when."""
    now, today = clock.now(), clock.today()
    notice = timedelta(days=int(PlaceRule.value_at("paper_notice_days", today)))
    again = now - timedelta(days=int(PlaceRule.value_at("paper_again_days", today)))
    rows = CompanyDocument.objects.filter(
        Q(reminded_at__isnull=True) | Q(reminded_at__lte=again),
        replaced_at__isnull=True,
        valid_until__lte=today + notice,
    )
    found: dict[str, list[tuple[str, date]]] = {}
    for company, kind, until in rows.order_by("company_id", "valid_until").values_list(
        "company_id", "kind", "valid_until"
    ):
        if until is not None:
            found.setdefault(company, []).append((kind, until))
    return list(found.items())[:limit]
