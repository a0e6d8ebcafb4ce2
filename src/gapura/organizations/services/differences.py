"""Where an authority and we differ about a company: noted, settled, taken over by the company."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations import events
from gapura.organizations.errors import NoSuchCompany, NoSuchDifference
from gapura.organizations.kinds import ADOPTABLE, COMPARED
from gapura.organizations.models import Company, CompanyDifference, CompanyKbli, Region
from gapura.organizations.permissions import Can

YES = "yes"


@dataclass(frozen=True, slots=True)
class Answered:
    """Whose answer it was, its own reference and its keyed hash."""

    authority: str
    reference: str
    result_hash: str


def note_differences(
    *, actor: Actor, company: str, found: Mapping[str, tuple[str, str]], answer: Answered
) -> list[str]:
    """Note how a company compares with an authority's answer just now; answers the new fields.

    `found` has for each field that differs what we keep and what the authority says. What differed
    before and is not in `found` is settled. Nothing else follows from a difference.

    :raises NoSuchCompany: unknown code.
    :raises Refused: a person tried.
    """
    require(actor, Can.NOTE_DIFFERENCE)
    with transaction.atomic():
        row = _held(company)
        open_ones = {
            each.field: each
            for each in row.differences.filter(
                settled_at__isnull=True, field__in=COMPARED[answer.authority]
            )
        }
        for field, each in open_ones.items():
            if found.get(field) != (each.ours, each.theirs):
                _settle(actor, each, "changed" if field in found else "agrees")
        new = [f for f in found if f not in open_ones or open_ones[f].settled]
        for field in new:
            _note(actor, row, field, found[field], answer)
        setattr(row, f"{answer.authority}_checked_at", clock.now())
        row.save(update_fields=[f"{answer.authority}_checked_at"])
    return new


def skip_comparison(*, actor: Actor, company: str, authority: str) -> None:
    """Put a company that the authority cannot be asked about at the end of the line.

    :raises Refused: a person tried.
    """
    require(actor, Can.NOTE_DIFFERENCE)
    Company.objects.filter(pk=company).update(**{f"{authority}_checked_at": clock.now()})


def _note(
    actor: Actor, row: Company, field: str, values: tuple[str, str], answer: Answered
) -> None:
    ours, theirs = values
    facts = {
        "field": field,
        "ours": ours,
        "theirs": theirs,
        "authority": answer.authority,
        "reference": answer.reference,
        "result_hash": answer.result_hash,
    }
    CompanyDifference.objects.create(company=row, found_at=clock.now(), **facts)
    _record(actor, events.DIFFERENCE_FOUND, row, facts)


def _settle(actor: Actor, each: CompanyDifference, how: str) -> None:
    each.settled, each.settled_at = how, clock.now()
    each.save(update_fields=["settled", "settled_at"])
    facts = {"field": each.field, "settled": how}
    _record(actor, events.DIFFERENCE_SETTLED, each.company, facts)


def adopt_difference(*, actor: Actor, difference: UUID) -> None:
    """The company's administrator takes over what the authority says.

    :raises NoSuchDifference: settled, another company's, or one that only an authority can mend.
    :raises Refused: not the company's administrator, or not signed in strongly.
    """
    require(actor, Can.ADOPT_DIFFERENCE)
    with transaction.atomic():
        row = _held(actor.grant.company if actor.grant else "")
        each = row.differences.filter(
            pk=difference, settled_at__isnull=True, field__in=ADOPTABLE
        ).first()
        if each is None:
            raise NoSuchDifference()
        _take_over(row, each.field, each.theirs)
        each.settled, each.settled_at = "adopted", clock.now()
        each.save(update_fields=["settled", "settled_at"])
        facts = {
            "field": each.field,
            "authority": each.authority,
            "result_hash": each.result_hash,
        }
        before, after = {each.field: each.ours}, {each.field: each.theirs}
        _record(actor, events.DIFFERENCE_ADOPTED, row, facts, before, after)


def _take_over(row: Company, field: str, value: str) -> None:
    if field == "kblis":
        row.kblis.all().delete()
        CompanyKbli.objects.bulk_create(
            CompanyKbli(company=row, kbli=each) for each in value.split(", ")
        )
        return
    columns: dict[str, object] = {field: value}
    if field == "taxable":
        columns = {field: value == YES}
    if field == "region":
        there = Region.objects.filter(pk=value).exists()
        columns = {"region_id": value if there else None}
    Company.objects.filter(pk=row.pk).update(**columns)


def _held(company: str) -> Company:
    row = Company.objects.select_for_update().filter(pk=company).first()
    if row is None:
        raise NoSuchCompany()
    return row


def _record(
    actor: Actor,
    event: Event,
    row: Company,
    facts: Mapping[str, object],
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    subject = Subject("company", row.code, row.code)
    audit.record(actor, event, subject, facts=facts, before=before, after=after)
