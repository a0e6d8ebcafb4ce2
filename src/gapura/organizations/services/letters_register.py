"""The register of appointment letters: entering, checking, refusing, withdrawing, replacing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.audit import services as audit
from gapura.audit.events import Event, Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.kernel.references import next_reference
from gapura.kernel.states import Step
from gapura.organizations import events
from gapura.organizations.errors import LetterThere, NotInForce, YearOut
from gapura.organizations.letter_facts import LetterToCheck, LetterToEnd
from gapura.organizations.models import AppointmentLetter, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.rules import LetterText, letter_problems, tidied
from gapura.organizations.services.letters import (
    document_problem,
    known,
    paper_of,
    place_of_letter,
    sound_reason,
)
from gapura.organizations.states import LETTER

_UNIQUE = "one_letter_in_the_register"


@dataclass(frozen=True, slots=True)
class LetterScope:
    """Whom a letter may name: roles (codes), a unit and all below it, a year of the budget.

    `beyond_year`: the paper itself names a last day after the budget year.
    """

    roles: tuple[str, ...]
    unit: str = ""
    budget_year: int | None = None
    beyond_year: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What the access room knows of a letter that is to be decided about."""

    names_actor: bool
    above: bool
    verifiers: bool
    officers: int
    wrote: bool

    def about(self, row: Any) -> LetterToCheck:
        """What the permission to check the letter of this row is asked about."""
        return LetterToCheck(row, self.above, self.names_actor, self.verifiers, self.wrote)


def enter_letter(
    *,
    actor: Actor,
    text: LetterText,
    scope: LetterScope,
    document: UUID,
    replaces: UUID | None = None,
) -> UUID:
    """Enter a letter into the register of the actor's agency; answers its id.

    It names nobody yet, and counts only once another has checked it. `replaces` is an earlier
    letter of the agency that it renews or replaces.

    :raises Refused: the actor does not keep the letters of this agency, or of this unit.
    :raises FieldProblems: with every problem by field.
    """
    text = tidied(text)
    with transaction.atomic():
        agency = actor.agency
        unit, problems = place_of_letter(agency, scope.unit or None)
        require(actor, Can.ENTER_LETTER, AppointmentLetter(agency_id=agency, unit=unit))
        earlier = known(actor, replaces) if replaces else None
        today = clock.today(unit.zone if unit else clock.JAKARTA)
        problems |= letter_problems(text, today) | _year_problem(scope.budget_year, text)
        problems |= document_problem(actor, document)
        if earlier is not None and earlier.agency_id != agency:
            problems["replaces"] = NotInForce()
        if problems:
            raise FieldProblems(problems)
        row = _create(actor, text, scope, document, (unit, earlier))
        facts = _facts(row, text) | ({"beyond_year": True} if scope.beyond_year else {})
        _record(actor, events.LETTER_ENTERED, row, None, facts)
    return row.id


def _year_problem(year: int | None, text: LetterText) -> dict[str, Problem]:
    """A letter for one budget year ends with it (31 December), whatever else it says."""
    if year is None:
        return {}
    fits = text.valid_from.year <= year and text.valid_until <= date(min(year, 9998), 12, 31)
    near = abs(year - text.valid_until.year) <= 1
    return {} if fits and near else {"budget_year": YearOut()}


# Where the letter names officers, and which letter it follows.
_Places = tuple[Unit | None, AppointmentLetter | None]


def _create(
    actor: Actor, text: LetterText, scope: LetterScope, document: UUID, places: _Places
) -> AppointmentLetter:
    unit, earlier = places
    row = AppointmentLetter(
        reference=next_reference("SK"),
        number=text.number,
        signed_on=text.signed_on,
        signer_name=text.signer_name,
        signer_position=text.signer_position,
        agency_id=actor.agency,
        unit=unit,
        valid=DateRange(text.valid_from, text.day_after),
        document_id=document,
        state=LETTER.start,
        roles=list(scope.roles),
        budget_year=scope.budget_year,
        replaces=earlier,
        created_by=actor.who,
        created_at=clock.now(),
    )
    return _save_once(row)


def _save_once(row: AppointmentLetter) -> AppointmentLetter:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if _UNIQUE not in str(error):
            raise
        raise FieldProblems({"number": LetterThere()}) from error
    return row


def _facts(row: AppointmentLetter, text: LetterText) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "number": text.number,
        "signed_on": text.signed_on,
        "signer_name": text.signer_name,
        "valid_from": text.valid_from,
        "valid_until": text.valid_until,
        **paper_of(row),
        "roles": row.roles,
    }
    if row.budget_year:
        facts["budget_year"] = row.budget_year
    return facts | ({"replaces": row.replaces.reference} if row.replaces else {})


def check_letter(*, actor: Actor, letter_id: UUID, standing: Standing) -> None:
    """Another than who entered it found the letter right: from now on it counts.

    :raises NoSuchLetter: unknown, or not this actor's to know of.
    :raises Refused: the actor entered it, is named in it, or does not verify this agency.
    :raises NoSuchMove: it was decided before.
    """
    with transaction.atomic():
        row = _to_check(actor, letter_id, standing)
        step = move(LETTER, row, "check", checked_by=actor.person, checked_at=clock.now())
        _record(actor, events.LETTER_CHECKED, row, step, {"officers": standing.officers})


def refuse_letter(*, actor: Actor, letter_id: UUID, standing: Standing, reason: str) -> None:
    """Send a letter away for good; `reason` is told to who entered it.

    :raises NoSuchLetter, Refused, NoSuchMove: as `check_letter`.
    :raises ReasonMissing: not 10 to 500 characters.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = _to_check(actor, letter_id, standing)
        how = {"checked_by": actor.person, "checked_at": clock.now(), "check_reason": reason}
        step = move(LETTER, row, "refuse", **how)
        _record(actor, events.LETTER_REFUSED, row, step, {"reason": reason})


def _to_check(actor: Actor, letter_id: UUID, standing: Standing) -> AppointmentLetter:
    row = known(actor, letter_id)
    require(actor, Can.CHECK_LETTER, standing.about(row))
    return row


def withdraw_letter(*, actor: Actor, letter_id: UUID) -> None:
    """Who entered a letter takes it back before anybody has checked it.

    :raises NoSuchLetter, Refused, NoSuchMove: as `check_letter`.
    """
    with transaction.atomic():
        row = known(actor, letter_id)
        require(actor, Can.WITHDRAW_LETTER, row)
        step = move(LETTER, row, "withdraw")
        _record(actor, events.LETTER_WITHDRAWN, row, step, {})


def replace_letter(
    *, actor: Actor, letter_id: UUID, by: UUID, reason: str, above: bool = False
) -> None:
    """End a checked letter because another one of its agency stands there; `above` as elsewhere.

    :raises NoSuchLetter, Refused, NoSuchMove: as `check_letter`.
    :raises NotInForce: the other one is not checked, has ended, or is of another agency.
    :raises ReasonMissing: not 10 to 500 characters.
    """
    reason = sound_reason(reason)
    with transaction.atomic():
        row = known(actor, letter_id)
        require(actor, Can.REVOKE_LETTER, LetterToEnd(row, above))
        other = AppointmentLetter.objects.filter(pk=by, agency=row.agency_id).first()
        if other is None or other.pk == row.pk or other.state != "checked":
            raise NotInForce()
        how = {"revoked_at": clock.now(), "revoked_by": actor.person, "revoke_reason": reason}
        step = move(LETTER, row, "replace", **how)
        facts = {"by": other.reference, "reason": reason}
        _record(actor, events.LETTER_REPLACED, row, step, facts)


def _record(
    actor: Actor,
    event: Event,
    row: AppointmentLetter,
    step: Step | None,
    facts: Mapping[str, Any],
) -> None:
    audit.record(
        actor,
        event,
        Subject("letter", str(row.id), row.reference),
        facts=facts,
        before={"state": step.source} if step else None,
        after={"state": step.target} if step else None,
        agency=row.agency_id,
        unit=row.unit_id or "",
        person=row.created_by,
    )
