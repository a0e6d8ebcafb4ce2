"""Choosing what a request rests on: a company that one buys for, a letter of the register."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db import transaction

from gapura.access.drafts import as_json
from gapura.access.errors import (
    BeyondTheLetter,
    CompanyNotInGoodStanding,
    CompanyUnknown,
    Incomplete,
    KeptByRenewal,
)
from gapura.access.forms import OF_THE_UNIT, may_be_at_a_company
from gapura.access.models import AccessRequest
from gapura.access.queries.budget import budget_problem
from gapura.access.services.drafting import (
    forget_letter,
    is_registered,
    open_draft,
    save_row,
    set_beyond_year,
    set_level,
)
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.problems import Problem
from gapura.kernel.texts import said
from gapura.organizations.errors import NibMalformed
from gapura.organizations.queries import (
    STANDINGS,
    LetterText,
    LetterView,
    bare_number,
    chosen_letter,
    company,
    company_of_nib,
    is_nib,
    standing_of,
)

# Whoever tries numbers learns little, and not many an hour.
NAMED = throttle.Limit("access.company.named", 10, 3600)
ACTIVE = "active"


def choose_company(
    *, actor: Actor, request_id: UUID, code: str = "", nib: str = "", seen: str = ""
) -> None:
    """Buy for a body outside of government: one of the person's own companies, or one by its NIB.

    The company must be registered and in good standing; the platform decides the request.

    :raises NoSuchRequest, Refused, NoSuchMove, DraftChanged: as for a draft.
    :raises Incomplete: unknown company, or not in good standing, at the field `company` or `nib`.
    :raises TooMany: more than ten numbers an hour.
    :raises KeptByRenewal: a renewal is for another place.
    """
    field = "company" if code else "nib"
    found = _own_company(actor, code) if code else _company_of(actor, nib)
    with transaction.atomic():
        row = open_draft(actor, request_id, seen)
        if not may_be_at_a_company(row.role):
            raise NoSuchMove()
        if row.follows_id is not None:
            raise KeptByRenewal()
        if problem := standing_problem(found):
            raise Incomplete({field: problem})
        row.company_id, row.agency, row.unit, row.leaves = found, None, None, None
        row.unit_npwp = None
        row.details = {k: v for k, v in row.details.items() if k not in OF_THE_UNIT}
        if is_registered(row):
            forget_letter(row)
        set_level(row)
        save_row(row)


def _own_company(actor: Actor, code: str) -> str:
    if all(grant.company != code for grant in actor.grants):
        raise Incomplete({"company": CompanyUnknown()})
    return code


def _company_of(actor: Actor, nib: str) -> str:
    number = bare_number(nib.strip())
    if not is_nib(number):
        raise Incomplete({"nib": NibMalformed()})
    throttle.count(NAMED, str(actor.who))
    found = company_of_nib(number)
    if not found:
        raise Incomplete({"nib": CompanyUnknown()})
    return found


def standing_problem(code: str) -> Problem | None:
    """Why nobody can buy for this company today, if so."""
    state = standing_of(code, clock.today())
    if state == ACTIVE:
        return None
    return CompanyNotInGoodStanding(name=company(code).name, standing=said(STANDINGS[state]))


def choose_letter(
    *,
    actor: Actor,
    request_id: UUID,
    letter_id: UUID,
    first: date | None = None,
    last: date | None = None,
    beyond_year: bool | None = None,
    seen: str = "",
) -> None:
    """Rest on a checked letter of the agency's register instead of copying one.

    `first` and `last` are the person's own days where they are fewer than the letter's.

    :raises NoSuchRequest, Refused, NoSuchMove, DraftChanged: as for a draft.
    :raises NoSuchLetter: not in the register, over, or of another place or role.
    :raises Incomplete: days outside of the letter's or of the budget year, by field.
    """
    with transaction.atomic():
        row = open_draft(actor, request_id, seen)
        found = chosen_letter(actor, letter_id, row.agency_id or "", row.unit_id or "", row.role)
        text = _text(found)
        own = replace(
            text, valid_from=first or text.valid_from, valid_until=last or text.valid_until
        )
        row.letter_id, row.document_id = found.id, found.document
        set_beyond_year(row, beyond_year)
        _refuse_days(row, text, own)
        row.letter_draft = as_json(own)
        save_row(row)


def _text(found: LetterView) -> LetterText:
    return LetterText(
        found.number,
        found.signed_on,
        found.signer_name,
        found.signer_position,
        found.valid_from,
        found.valid_until,
    )


def _refuse_days(row: AccessRequest, letter: LetterText, own: LetterText) -> None:
    span = {"first": letter.valid_from.isoformat(), "last": letter.valid_until.isoformat()}
    problems: dict[str, Problem] = {}
    if not letter.valid_from <= own.valid_from <= letter.valid_until:
        problems["valid_from"] = BeyondTheLetter(**span)
    if not own.valid_from <= own.valid_until <= letter.valid_until:
        problems["valid_until"] = BeyondTheLetter(**span)
    elif beyond := budget_problem(row, own):
        problems["valid_until"] = beyond
    if problems:
        raise Incomplete(problems)
