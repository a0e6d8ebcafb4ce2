"""A company beside its authorities, field by field, with the history of what they said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.organizations.kinds import ANSWERING, BLACKLIST, BLACKLISTED, COMPARED
from gapura.organizations.models import (
    Company,
    CompanyAnswer,
    CompanyStanding,
    PlaceRule,
)
from gapura.organizations.permissions import Can
from gapura.organizations.queries.differences import Difference, kept_facts, open_differences
from gapura.organizations.queries.own_company import masked_number, own_code

# Who was not heard of for so long is said not to answer; each is asked every night.
SILENT = timedelta(hours=48)
# What one entry of the history tells at most.
_MOST = 100


@dataclass(frozen=True, slots=True)
class Compared:
    """One field: what is kept, what the authority said (None: not asked yet), and since when.

    `difference` is the id of one that the company may settle by taking over what is said.
    """

    field: str
    ours: str
    theirs: str | None
    authority: str
    since: datetime | None
    asked_at: datetime | None
    differs: bool
    difference: UUID | None


@dataclass(frozen=True, slots=True)
class Asked:
    """When an authority last answered about the company; `silent`: longer ago than two nights."""

    authority: str
    asked_at: datetime | None
    reference: str
    silent: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One answer in the history: the same from `first_at` to `last_at`, heard so many `times`."""

    authority: str
    said: Mapping[str, str]
    reference: str
    result_hash: str
    times: int
    first_at: datetime
    last_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The own company beside all of its authorities."""

    name: str
    lines: tuple[Compared, ...]
    asked: tuple[Asked, ...]
    history: tuple[Said, ...]
    address: str
    may_ask: bool
    free_at: datetime | None


def comparison(actor: Actor) -> Comparison:
    """The company of the actor's active grant beside what its authorities said (seven queries).

    :raises NoSuchCompany: the actor acts for no company.
    """
    row = Company.objects.get(pk=own_code(actor))
    present = {
        each.authority: each
        for each in CompanyAnswer.objects.filter(company=row, ended_at__isnull=True)
    }
    open_ones = {each.field: each for each in open_differences(row.code)}
    ours = _ours(row)
    fields = [(field, authority) for authority, named in COMPARED.items() for field in named]
    lines = tuple(
        _line(field, ours[field], authority, present.get(authority), open_ones)
        for field, authority in [*fields, ("listed", BLACKLIST)]
    )
    return Comparison(
        name=row.name,
        lines=lines,
        asked=tuple(_asked(row, each, present.get(each)) for each in ANSWERING),
        history=_history(row.code),
        address=row.address,
        may_ask=may(actor, Can.ASK_AGAIN) and bool(row.nib and row.npwp),
        free_at=_free_at(row),
    )


def _ours(row: Company) -> dict[str, str]:
    kept = kept_facts(row.code)
    return {
        "licence": "active", "owner": "as_registered", "name": kept.name, "form": kept.form,
        "scale": kept.scale, "kblis": kept.kblis, "region": kept.region,
        "npwp": masked_number(kept.npwp), "tax_status": "active", "tax_name": kept.name,
        "taxable": "yes" if kept.taxable else "no",
        "listed": BLACKLISTED if _is_listed(row) else "not_listed",
    }  # fmt: skip


def _is_listed(row: Company) -> bool:
    today = clock.today()
    rows = CompanyStanding.objects.filter(
        Q(until__isnull=True) | Q(until__gte=today),
        company=row, state=BLACKLISTED, superseded_at__isnull=True, since__lte=today,
    )  # fmt: skip
    return rows.exists()


def _line(
    field: str,
    ours: str,
    authority: str,
    answer: CompanyAnswer | None,
    open_ones: Mapping[str, Difference],
) -> Compared:
    found = open_ones.get(field)
    said = answer.said.get(field) if answer else None
    theirs = said if found is None else found.theirs
    return Compared(
        field=field,
        ours=ours,
        theirs=theirs,
        authority=authority,
        since=found.found_at if found else (answer.first_at if answer else None),
        asked_at=answer.last_at if answer else None,
        differs=found is not None or (theirs is not None and theirs != ours),
        difference=found.id if found is not None and found.adoptable else None,
    )


def _asked(row: Company, authority: str, answer: CompanyAnswer | None) -> Asked:
    kept = {"oss": row.oss_checked_at, "tax": row.tax_checked_at}
    at = answer.last_at if answer else kept.get(authority, row.checked_at)
    silent = at is not None and at < clock.now() - SILENT
    return Asked(authority, at, answer.reference if answer else "", silent)


def _history(code: str) -> tuple[Said, ...]:
    columns = (
        "authority", "said", "reference", "result_hash", "times", "first_at", "last_at", "ended_at",
    )  # fmt: skip
    rows = CompanyAnswer.objects.filter(company=code).order_by("-first_at", "-id")
    return tuple(Said(*row) for row in rows.values_list(*columns)[:_MOST])


def _free_at(row: Company) -> datetime | None:
    """From when on the authorities may be asked again; None: now."""
    if row.asked_again_at is None:
        return None
    minutes = int(PlaceRule.value_at("registry_again_minutes", clock.today()))
    free = row.asked_again_at + timedelta(minutes=minutes)
    return free if free > clock.now() else None
