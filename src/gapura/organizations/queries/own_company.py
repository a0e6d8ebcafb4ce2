"""A company as its own people see it, and a person's question about a business number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from gapura.documents.queries import Download, original_bytes
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.organizations.errors import NoSuchCompany, NoSuchPaper
from gapura.organizations.facts import CompanyFacts
from gapura.organizations.kinds import PAPERS
from gapura.organizations.models import (
    Company,
    CompanyApplication,
    CompanyDocument,
    CompanyStanding,
)
from gapura.organizations.permissions import Can
from gapura.organizations.queries.companies import CompanyView, company
from gapura.organizations.queries.differences import Difference, open_differences

# A paper is marked on the page so many days before its last one.
ENDS_SOON = 30


@dataclass(frozen=True, slots=True)
class Standing:
    """What is or was recorded of a company; `until` is its last day, None is open."""

    state: str
    since: date
    until: date | None
    basis: str
    recorded_at: datetime
    lifted_at: datetime | None


@dataclass(frozen=True, slots=True)
class Paper:
    """The present paper of a kind; `name` is the file's."""

    kind: str
    name: str
    size: int
    added_at: datetime
    number: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def standing(self) -> str:
        """How it stands today: ended, ends (within a month) or empty."""
        if self.valid_until is None:
            return ""
        left = (self.valid_until - clock.today()).days
        return "ended" if left < 0 else "ends" if left <= ENDS_SOON else ""


@dataclass(frozen=True, slots=True)
class CompanyPage:
    """The own company: what everybody sees of it, and what only its people do.

    `npwp` is masked; `missing` are kinds of papers that it has not handed in.
    """

    company: CompanyView
    npwp: str
    address: str
    registered_at: datetime | None
    checked_at: datetime | None
    standings: tuple[Standing, ...]
    papers: tuple[Paper, ...]
    missing: tuple[str, ...]
    differences: tuple[Difference, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class Application:
    """The person's last question: its outcome (a code of kinds.OUTCOMES) and the facts told."""

    person: UUID
    nib: str
    outcome: str
    facts: CompanyFacts
    papers: Mapping[str, UUID]
    address: str
    checked_at: datetime


def company_for(actor: Actor) -> CompanyPage:
    """The company of the actor's active grant (six queries).

    :raises NoSuchCompany: the actor acts for no company.
    """
    code = own_code(actor)
    row = Company.objects.filter(pk=code).first()
    if row is None:
        raise NoSuchCompany()
    papers = _papers(code)
    there = {paper.kind for paper in papers}
    return CompanyPage(
        company=company(code),
        npwp=masked_number(row.npwp),
        address=row.address,
        registered_at=row.registered_at,
        checked_at=row.checked_at,
        standings=_standings(code),
        papers=papers,
        missing=tuple(kind for kind in PAPERS if kind not in there),
        differences=open_differences(code),
        may_change=may(actor, Can.UPDATE_COMPANY),
    )


def own_code(actor: Actor) -> str:
    """The code of the company of the actor's active grant.

    :raises NoSuchCompany: the actor acts for no company.
    """
    code = actor.grant.company if actor.grant else ""
    if not code or not may(actor, Can.SEE_COMPANY):
        raise NoSuchCompany()
    return code


def masked_number(number: str | None) -> str:
    """First four and last two digits."""
    return number[:4] + "•" * (len(number) - 6) + number[-2:] if number else ""


def _papers(code: str) -> tuple[Paper, ...]:
    order = {kind: place for place, kind in enumerate(PAPERS)}
    rows = CompanyDocument.objects.filter(company=code, replaced_at__isnull=True)
    columns = (
        "kind", "document__name", "document__content__size", "added_at", "number", "valid_from",
        "valid_until",
    )  # fmt: skip
    found = (Paper(*row) for row in rows.values_list(*columns))
    return tuple(sorted(found, key=lambda paper: order[paper.kind]))


def _standings(code: str) -> tuple[Standing, ...]:
    columns = ("state", "since", "until", "basis", "recorded_at", "superseded_at")
    rows = CompanyStanding.objects.filter(company=code).order_by("-recorded_at", "-id")
    return tuple(Standing(*row) for row in rows.values_list(*columns)[:50])


def open_paper(actor: Actor, kind: str) -> Download:
    """The file of the own company's present paper of a kind, as it was handed in.

    :raises NoSuchPaper: none of that kind, or the actor acts for no company.
    """
    code = actor.grant.company if actor.grant else ""
    if not code or not may(actor, Can.SEE_COMPANY):
        raise NoSuchPaper()
    rows = CompanyDocument.objects.filter(company=code, kind=kind, replaced_at__isnull=True)
    found = rows.values_list("document_id", flat=True).first()
    if found is None:
        raise NoSuchPaper()
    return original_bytes(found)


def open_past_paper(actor: Actor, paper: UUID) -> Download:
    """The file of a paper of the own company that a newer one replaced.

    :raises NoSuchPaper: unknown, or another company's, or the actor acts for no company.
    """
    code = actor.grant.company if actor.grant else ""
    if not code or not may(actor, Can.SEE_COMPANY):
        raise NoSuchPaper()
    rows = CompanyDocument.objects.filter(company=code, pk=paper)
    found = rows.values_list("document_id", flat=True).first()
    if found is None:
        raise NoSuchPaper()
    return original_bytes(found)


def application_of(actor: Actor) -> Application | None:
    """The actor's last question about a business number, if there is one."""
    require(actor, Can.LOOK_UP_COMPANY)
    row = CompanyApplication.objects.filter(pk=actor.who).first()
    if row is None:
        return None
    papers = {kind: UUID(document) for kind, document in row.papers.items()}
    facts = CompanyFacts.from_text(row.facts)
    return Application(row.person, row.nib, row.outcome, facts, papers, row.address, row.checked_at)


def live_standing(code: str, state: str) -> CompanyStanding | None:
    """The record of a kind that counts today or later, if there is one."""
    rows = CompanyStanding.objects.filter(company=code, state=state, superseded_at__isnull=True)
    today = clock.today()
    return next((row for row in rows if row.until is None or row.until >= today), None)


def free_since(code: str, state: str, since: date) -> date:
    """From when on something that is said to count since `since` is recorded: `since`, or today.

    An authority that takes something back and says it again names its first day anew. What counted
    on the days that were recorded before stays as it was, also on those between.
    """
    rows = CompanyStanding.objects.filter(
        company=code, state=state, superseded_at__isnull=True, until__gte=since
    )
    last = rows.order_by("-until").values_list("until", flat=True).first()
    return since if last is None else max(clock.today(), last + timedelta(days=1))


def numbers_of(code: str) -> tuple[str, str]:
    """Business number and tax number of a company in clear, for asking the authorities.

    :raises NoSuchCompany: unknown, or entered without a business number.
    """
    row = Company.objects.filter(pk=code).first()
    if row is None or not row.nib:
        raise NoSuchCompany()
    return row.nib, row.npwp or ""


def founder_of(code: str) -> UUID | None:
    """Who registered the company, when a person did."""
    return Company.objects.filter(pk=code).values_list("registered_by", flat=True).first()
