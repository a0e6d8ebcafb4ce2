"""Branches of the own company: opened, corrected, closed after their last day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations import events
from gapura.organizations.company_errors import (
    BranchNameWrong,
    BranchNumberWrong,
    BranchThere,
    DayUnfit,
    NoSuchBranch,
    RegionUnknown,
)
from gapura.organizations.models import Company, CompanyBranch, Region
from gapura.organizations.permissions import Can
from gapura.organizations.rules import (
    YEARS,
    address_problem,
    bare_number,
    branch_number,
    is_plain_line,
    tidy_line,
    years_from,
)

LEAST_NAME, LONGEST_NAME = 3, 200


@dataclass(frozen=True, slots=True)
class BranchText:
    """What is told of a branch; `region` is the code of a regency or city, or empty."""

    name: str
    address: str
    region: str = ""


def open_branch(*, actor: Actor, nitku: str, since: date, text: BranchText) -> UUID:
    """Add a branch to the actor's company; `nitku` are its 22 digits or the last six of them.

    :raises Refused: not the company's administrator, or not signed in strongly.
    :raises FieldProblems: nitku, since, name, address, region.
    :raises BranchThere: the number is in use on some of these days.
    """
    require(actor, Can.OPEN_BRANCH)
    text = _tidied(text)
    with transaction.atomic():
        company = _own(actor)
        number = branch_number(bare_number(nitku), company.npwp or "")
        found = _problems(text)
        if not number:
            found["nitku"] = BranchNumberWrong()
        if not _is_near(since):
            found["since"] = DayUnfit()
        if found:
            raise FieldProblems(found)
        row = CompanyBranch(
            company=company, number=number, since=since, name=text.name, address=text.address,
            region_id=text.region or None, added_by=actor.who, added_at=clock.now(),
        )  # fmt: skip
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise BranchThere() from error
        _record(actor, events.BRANCH_OPENED, row, name=text.name, since=since)
    return row.id


def change_branch(*, actor: Actor, branch: UUID, text: BranchText) -> None:
    """Correct name, address and region of an open branch of the actor's company.

    :raises Refused: not the company's administrator, or not signed in strongly.
    :raises NoSuchBranch: unknown, closed, or another company's.
    :raises FieldProblems: name, address, region.
    """
    require(actor, Can.CHANGE_BRANCH)
    text = _tidied(text)
    with transaction.atomic():
        row = _held(actor, branch)
        if found := _problems(text):
            raise FieldProblems(found)
        now = {"name": text.name, "address": text.address, "region_id": text.region or None}
        if all(getattr(row, field) == value for field, value in now.items()):
            return
        for field, value in now.items():
            setattr(row, field, value)
        row.changed_at = clock.now()
        row.save(update_fields=["name", "address", "region", "changed_at"])
        _record(actor, events.BRANCH_CHANGED, row)


def close_branch(*, actor: Actor, branch: UUID, until: date) -> None:
    """End a branch after its last day `until`; what named it before still does.

    :raises Refused: not the company's administrator, or not signed in strongly.
    :raises NoSuchBranch: unknown, closed, or another company's.
    :raises FieldProblems: until.
    """
    require(actor, Can.CLOSE_BRANCH)
    with transaction.atomic():
        row = _held(actor, branch)
        if until < row.since or not _is_near(until):
            raise FieldProblems({"until": DayUnfit()})
        row.until = until
        row.changed_at = clock.now()
        row.save(update_fields=["until", "changed_at"])
        _record(actor, events.BRANCH_CLOSED, row, until=until)


def _own(actor: Actor) -> Company:
    """Locked: two that open the same branch wait for each other."""
    return Company.objects.select_for_update().get(pk=actor.grant.company if actor.grant else "")


def _held(actor: Actor, branch: UUID) -> CompanyBranch:
    company = actor.grant.company if actor.grant else ""
    rows = CompanyBranch.objects.select_for_update().filter(pk=branch, company=company)
    row = rows.filter(until__isnull=True).first()
    if row is None:
        raise NoSuchBranch()
    return row


def _tidied(text: BranchText) -> BranchText:
    return BranchText(tidy_line(text.name), tidy_line(text.address), text.region)


def _problems(text: BranchText) -> dict[str, Problem | str]:
    found: dict[str, Problem | str] = {}
    if not is_plain_line(text.name, LEAST_NAME, LONGEST_NAME):
        found["name"] = BranchNameWrong(least=LEAST_NAME, most=LONGEST_NAME)
    if (wrong := address_problem(text.address)) is not None:
        found["address"] = wrong
    if text.region and not Region.objects.filter(pk=text.region, code__contains=".").exists():
        found["region"] = RegionUnknown()
    return found


def _is_near(day: date) -> bool:
    today = clock.today()
    # A branch may be older than the law that numbers it; a slip in the year is caught.
    return years_from(today, -9 * YEARS) <= day <= years_from(today, YEARS)


def _record(actor: Actor, event: Event, row: CompanyBranch, **facts: object) -> None:
    subject = Subject("company", row.company_id, row.company_id)
    audit.record(actor, event, subject, facts={"number": row.number, **facts})
