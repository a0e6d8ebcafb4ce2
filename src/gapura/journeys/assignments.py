"""Auditors' assignments: their letter is kept among the letters, what it opens with the log."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.access.queries import holders
from gapura.accounts.queries import people_named
from gapura.audit import services as audit
from gapura.audit.errors import BadAssignment, NoSuchAssignment, NoSuchPlace
from gapura.audit.permissions import Can
from gapura.audit.queries import AssignmentView, assignments_for, own_assignment
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.queries import (
    LetterText,
    agencies_by_code,
    register_letter_for,
    units_by_code,
)
from gapura.organizations.services import register_letter

ROLE = "apip"
_NO_AUDITOR = N_("Nobody with this username is internal auditor (APIP) of your agency.")
# What the letters room calls the days of an assignment.
_DAYS = {"valid_from": "since", "valid_until": "until"}
# A letter that was handed in with an act counts as it is; one of the register when it is checked.
_COUNTING = ("", "checked")


@dataclass(frozen=True, slots=True)
class Assigning:
    """What an administrator copies from a letter of assignment, and whom it sends.

    `since` and `until` are its first and last day, `document` its scan; `agencies` and `units`
    are codes, no agency is the own.
    """

    letter: LetterText
    document: UUID
    username: str
    agencies: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    case: str = ""


def assign_auditor(*, actor: Actor, told: Assigning) -> UUID:
    """Register what a letter of assignment opens to one of the agency's auditors.

    The letter itself is kept among the letters, whose end is the assignment's.

    :raises Refused: for others than the agency's administrator.
    :raises BadAssignment: letter, person, days or places do not hold, by field.
    """
    require(actor, Can.ASSIGN)
    person = people_named([told.username]).get(told.username)
    wrong: dict[str, Any] = _places(told, told.agencies or (actor.agency,))
    if person is None or person not in holders(ROLE, actor.agency):
        wrong["username"] = _NO_AUDITOR
    if wrong or person is None:
        raise BadAssignment(wrong)
    with transaction.atomic():
        text = audit.AssignmentText(
            number=told.letter.number,
            letter=_register(actor, told),
            since=told.letter.valid_from,
            until=told.letter.valid_until,
            agencies=told.agencies,
            units=told.units,
            case=told.case,
        )
        return audit.assign(actor=actor, person=person, username=told.username, text=text)


def _register(actor: Actor, told: Assigning) -> UUID:
    try:
        return register_letter(
            actor=actor,
            agency=actor.agency,
            unit=None,
            document=told.document,
            **asdict(told.letter),
        )
    except FieldProblems as problem:
        fields = {_DAYS.get(name, name): each for name, each in problem.fields.items()}
        raise BadAssignment(fields) from problem


def under_assignment(actor: Actor, assignment_id: UUID) -> Actor:
    """The actor reading under one of their assignments, while its letter counts too.

    Pulled at each use: a letter that was revoked opens nothing from that moment on. Two queries.

    :raises NoSuchAssignment: another's, not in force, or its letter is not.
    """
    return _under(actor, own_assignment(actor, assignment_id))


def choose_assignment(
    actor: Actor, assignment_id: UUID | None
) -> tuple[Actor, tuple[AssignmentView, ...]]:
    """The same with all of the actor's that open something today; without an id the actor as is.

    :raises NoSuchAssignment: as `under_assignment`.
    """
    found = assignments_in_force(actor)
    if assignment_id is None:
        return actor, found
    chosen = next((one for one in found if one.id == assignment_id), None)
    if chosen is None:
        raise NoSuchAssignment()
    return _under(actor, chosen), found


def assignments_in_force(actor: Actor) -> tuple[AssignmentView, ...]:
    """An auditor's own that open something today; empty for other roles. One query."""
    if actor.role != ROLE or not may(actor, Can.LIST_ASSIGNMENTS):
        return ()
    today = clock.today()
    return tuple(one for one in assignments_for(actor) if one.state(today) == "in_force")


def _under(actor: Actor, found: AssignmentView) -> Actor:
    if not _counts(actor, found):
        raise NoSuchAssignment()
    return audit.with_mandate(actor, found.mandate)


def _counts(actor: Actor, found: AssignmentView) -> bool:
    try:
        letter = register_letter_for(actor, found.letter)
    except NoSuchLetter:
        return False
    return letter.state in _COUNTING and letter.said.counts_on(clock.today())


def _places(told: Assigning, agencies: tuple[str, ...]) -> dict[str, Any]:
    """What is wrong with the codes; each is told with the first code that names nothing."""
    wrong: dict[str, Any] = {}
    known = agencies_by_code(set(agencies))
    if strange := [code for code in agencies if code not in known]:
        wrong["agencies"] = NoSuchPlace(code=strange[0])
    units = units_by_code(set(told.units)) if told.units else {}
    inside = {code for code, unit in units.items() if unit.agency in agencies}
    if strange := [code for code in told.units if code not in inside]:
        wrong["units"] = NoSuchPlace(code=strange[0])
    return wrong
