"""Judging a whole request: days, conflicts of roles, standing in; before it is sent, and then."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access.drafts import from_json
from gapura.access.errors import (
    AlreadyHeld,
    EndsTooSoon,
    Incomplete,
    NotRenewable,
    PrincipalMissing,
    RenewedAlready,
)
from gapura.access.models import AccessRequest, Grant
from gapura.access.queries.budget import budget_problem
from gapura.access.queries.drafts import lacks
from gapura.access.queries.renewals import last_day, renewed_by
from gapura.access.services.choosing import standing_problem
from gapura.access.services.conflicts import Warning_, refuse_conflicts
from gapura.access.services.details import days_asked, grant_agency
from gapura.access.services.drafting import is_registered, open_draft
from gapura.access.states import LIVE_GRANT
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem
from gapura.organizations.queries import LetterText, chosen_letter


@dataclass(frozen=True, slots=True)
class Judged:
    """What the read-back page says before anything is sent: warnings, and what forbids it."""

    warnings: tuple[Warning_, ...]
    problem: Problem | None


def judge_request(*, actor: Actor, request_id: UUID) -> Judged:
    """What would be said of an own draft if it were sent in now; changes nothing.

    :raises NoSuchRequest, Refused, NoSuchMove: as for a draft.
    """
    with transaction.atomic():
        row = open_draft(actor, request_id)
        letter = from_json(row.letter_draft).complete
        if letter is None or lacks(row):
            return Judged((), None)
        try:
            return Judged(tuple(_judge(actor, row, letter)), None)
        except Problem as problem:
            return Judged((), problem)


def judge_now(actor: Actor, row: AccessRequest, letter: LetterText) -> list[str]:
    """Refuse a complete request that cannot be; answers the codes of rules that only warn.

    :raises Incomplete: impossible days, place or principal, by field.
    :raises AlreadyHeld: a live grant covers some of the same days.
    :raises LetterEnded: no day is left, or the letter of the register ended.
    :raises RolesConflict, StandingNotAllowed, StandingTooLong: the law forbids it.
    """
    return sorted({warning.code for warning in _judge(actor, row, letter)})


def _judge(actor: Actor, row: AccessRequest, letter: LetterText) -> list[Warning_]:
    _refuse_place(actor, row)
    _refuse_renewal(row, letter)
    if beyond := budget_problem(row, letter):
        raise Incomplete({"valid_until": beyond})
    days = days_asked(row)
    _refuse_overlap(row, days)
    try:
        return refuse_conflicts(
            actor,
            row.person_id,
            row.role,
            agency=grant_agency(row),
            unit=row.unit_id,
            company=row.company_id,
            valid=days,
            standing=row.standing,
            principal=row.principal_id,
            leaving=row.leaves_id,
        )
    except PrincipalMissing as problem:
        raise Incomplete({"principal": problem}) from problem


def _refuse_place(actor: Actor, row: AccessRequest) -> None:
    """The company may be blacklisted since, the letter revoked."""
    if row.company_id and (problem := standing_problem(row.company_id)):
        raise Incomplete({"company": problem})
    if is_registered(row) and row.letter_id is not None:
        place = row.agency_id or "", row.unit_id or ""
        chosen_letter(actor, row.letter_id, *place, row.role)


def _refuse_renewal(row: AccessRequest, letter: LetterText) -> None:
    """What is renewed must have run its time, and the new letter reach beyond it."""
    before = row.follows
    if before is None:
        return
    last = last_day(before)
    if before.state != "active" or before.superseded_at is not None or last is None:
        raise NotRenewable()
    if renewed_by(before.id):
        raise RenewedAlready()
    if letter.valid_until <= last:
        raise Incomplete({"valid_until": EndsTooSoon(last=last.isoformat())})


def _refuse_overlap(row: AccessRequest, days: DateRange) -> None:
    held = Grant.objects.filter(
        person=row.person_id,
        role=row.role,
        agency=grant_agency(row),
        unit=row.unit_id,
        company=row.company_id,
        state__in=LIVE_GRANT,
        superseded_at__isnull=True,
        valid__overlap=days,
    )
    if held.exists():
        raise AlreadyHeld()
