"""Answers of a request's form: what only some roles are asked, and how the office is held."""

import unicodedata
from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from gapura.access.errors import (
    AnswerTooLong,
    Incomplete,
    NpwpMalformed,
    PrincipalIsOneself,
    PrincipalUnknown,
    RankUnknown,
)
from gapura.access.forms import (
    BEYOND_YEAR,
    BY_NAME,
    NPWP_CONFIRMED,
    RANK,
    UNIT_NPWP,
    is_rank,
)
from gapura.access.kinds import DEFINITIVE
from gapura.access.models import AccessRequest
from gapura.access.queries.drafts import facts_of_unit, fields_of
from gapura.access.queries.forms import standings_for
from gapura.access.queries.holdings import known_at
from gapura.access.services.drafting import open_draft, save_row
from gapura.accounts.queries import person_for_sign_in
from gapura.kernel.actor import Actor
from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_
from gapura.organizations.queries import UnitFacts, is_npwp, whole_npwp

_NOT_SO = N_("This role cannot be held in this way. Choose another one.")


def save_answers(
    *,
    actor: Actor,
    request_id: UUID,
    answers: Mapping[str, str],
    standing: str = DEFINITIVE,
    principal: str = "",
    seen: str = "",
) -> None:
    """Keep the answers of the form of the request's role; what it does not ask is left out.

    Empty ones may be given later. The unit's tax number is sealed; where it is the one that is
    known, or `npwp_confirmed` is answered, only that is kept. `principal` is the username of whom
    the person stands in for.

    :raises NoSuchRequest, Refused, NoSuchMove, DraftChanged: as for a draft.
    :raises Incomplete: answers that cannot be, by field.
    """
    with transaction.atomic():
        row = open_draft(actor, request_id, seen)
        unit = facts_of_unit(row)
        told = _told(row, answers, unit)
        problems: dict[str, Problem | str] = {
            name: p for name, text in told.items() if (p := _problem(row, name, text))
        }
        problems |= _set_standing(row, standing, principal.strip())
        if problems:
            raise Incomplete(problems)
        _set_details(row, told, answers, unit)
        save_row(row)


def _told(row: AccessRequest, answers: Mapping[str, str], unit: UnitFacts) -> dict[str, str]:
    """Tidied answers to what is asked, empty ones left out."""
    lines = {each.name: _tidy(answers.get(each.name, "")) for each in fields_of(row, unit)}
    if lines.get(UNIT_NPWP):
        lines[UNIT_NPWP] = whole_npwp(lines[UNIT_NPWP])
    return {name: text for name, text in lines.items() if text}


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _problem(row: AccessRequest, name: str, text: str) -> Problem | None:
    if name == UNIT_NPWP:
        return None if is_npwp(text) else NpwpMalformed()
    if name == RANK and not is_rank(row.person.kind, text):
        return RankUnknown()
    field = BY_NAME[name]
    seen = all(unicodedata.category(c)[0] != "C" for c in text)
    if field.least <= len(text) <= field.most and seen:
        return None
    return AnswerTooLong(least=field.least, most=field.most)


def _set_details(
    row: AccessRequest, told: dict[str, str], answers: Mapping[str, str], unit: UnitFacts
) -> None:
    number = told.pop(UNIT_NPWP, "")
    confirmed = bool(unit.npwp) and (
        number == unit.npwp or (not number and bool(answers.get(NPWP_CONFIRMED)))
    )
    if number or confirmed:
        # A number told before stays until another one is told, or the known one confirmed.
        row.unit_npwp = None if confirmed else number
    kept = {k: v for k, v in row.details.items() if k == BEYOND_YEAR}
    row.details = {**kept, **told, **({NPWP_CONFIRMED: "yes"} if confirmed else {})}


def _set_standing(row: AccessRequest, standing: str, principal: str) -> dict[str, Problem | str]:
    """How the office is held; days and the principal's own office are judged when it is sent in."""
    if row.follows_id is not None:
        return {}
    if standing == DEFINITIVE:
        row.standing, row.principal = DEFINITIVE, None
        return {}
    if standing not in standings_for(row.role):
        return {"standing": _NOT_SO}
    whom = person_for_sign_in(principal) if principal and "@" not in principal else None
    if principal and (whom is None or not known_at(row.agency_id, row.company_id, {whom.id})):
        return {"principal": PrincipalUnknown()}
    if whom is not None and whom.id == row.person_id:
        return {"principal": PrincipalIsOneself()}
    row.standing, row.principal = standing, whom
    return {}
