"""Letters of the register as far as they give access: entered, checked, refused, withdrawn."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce

from gapura.access.errors import ImportOpen, NobodyNamed, OfficersChanged, RolesMissing
from gapura.access.models import Appointment, Import
from gapura.access.officers import ABOVE, APPOINTABLE
from gapura.access.queries.appointments import mark_of_officers
from gapura.access.queries.budget import letter_problem
from gapura.access.queries.grants import working
from gapura.access.queries.holders import holders
from gapura.access.roles import AGENCY_VERIFIER, PLATFORM_ADMIN
from gapura.access.services.appointment_grants import grant_letter
from gapura.access.services.imports import drop_judged
from gapura.access.services.notices import tell_all
from gapura.access.services.officer_moves import withdraw_named
from gapura.accounts.queries import key_of_person, people_named
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.jobs import enqueue
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations import services as organizations
from gapura.organizations.queries import LetterText, RegisterLetter, register_letter_for
from gapura.organizations.queries import agency as agency_named
from gapura.organizations.services import LetterScope, LetterToCheck, Standing, hold_letter

_GONE = ("withdrawn", "declined")


def enter_letter(
    *,
    actor: Actor,
    text: LetterText,
    scope: LetterScope,
    document: UUID,
    replaces: UUID | None = None,
) -> UUID:
    """Enter a letter into the register of the actor's agency; answers its id.

    :raises Refused: the actor does not keep the letters of this agency, or of this unit.
    :raises NoSuchLetter: `replaces` is not there for this actor.
    :raises FieldProblems: with every problem by field.
    """
    if not scope.roles or set(scope.roles) - set(APPOINTABLE):
        raise FieldProblems({"roles": RolesMissing()})
    if beyond := _beyond_year(actor, text, scope):
        raise FieldProblems({"valid_until": beyond})
    return organizations.enter_letter(
        actor=actor, text=text, scope=scope, document=document, replaces=replaces
    )


def _beyond_year(actor: Actor, text: LetterText, scope: LetterScope) -> Problem | None:
    """Regional budgets: offices end with their year, unless the paper itself names a later day."""
    if scope.beyond_year or not actor.agency:
        return None
    kind = agency_named(actor.agency).kind
    return letter_problem(text, scope.roles, kind, scope.budget_year)


def standing_of_letter(actor: Actor, letter: Any) -> Standing:
    """What decides who may check a letter (its row): whom it names, which roles, who else is there.

    Somebody of the agency can check it whose role of verifier reaches it, who neither entered it
    nor named anybody in it nor is named, not as the principal of a deputy either; nor is that true
    of whom they stand in for.
    """
    rows = Appointment.objects.filter(letter=letter).exclude(state__in=_GONE)
    named_by = rows.order_by().values_list("named_by", flat=True).distinct()
    authors = {letter.created_by, *named_by}
    actors = _with_principal(actor)
    free = [
        people
        for people in _verifiers(letter)
        if not (people & authors or _names_one(rows, people))
    ]
    above = bool(ABOVE & set(letter.roles))
    wrote = bool(actors & authors)
    return Standing(_names_one(rows, actors), above, bool(free), rows.count(), wrote)


def _with_principal(actor: Actor) -> set[UUID]:
    """The actor, and whom the actor stands in for."""
    principal = actor.grant.principal if actor.grant else ""
    others = people_named({principal}).values() if principal else ()
    return {*others} | ({actor.person} if actor.person else set())


def _verifiers(letter: Any) -> list[set[UUID]]:
    """Verifiers whose reach holds the letter, each with whom they stand in for."""
    path = letter.unit.path if letter.unit else ""
    grants = working(clock.now()).filter(role=AGENCY_VERIFIER, agency=letter.agency_id)
    # Who stands in for nobody is the only one.
    principal = Coalesce("principal_id", "person_id")
    found = grants.values_list("person_id", principal, "unit__path")
    return [
        {person, principal} for person, principal, reach in found if path.startswith(reach or "")
    ]


def _names_one(rows: Any, people: set[UUID]) -> bool:
    keys = [key_of_person(person) for person in people]
    return bool(rows.filter(Q(nik_lookup__in=keys) | Q(principal__in=people)).exists())


def letter_to_check(actor: Actor, letter: RegisterLetter) -> LetterToCheck:
    """What the permission to check is asked about, for drawing buttons."""
    return standing_of_letter(actor, letter.row).about(letter.row)


def check_letter(*, actor: Actor, letter_id: UUID, seen: str = "") -> None:
    """Another than who entered it found the letter right: its officers get their grants.

    The first get them at once, further ones by a job within moments. `seen` is the
    `mark_of_officers` of those that were compared, where a page showed them.

    :raises NoSuchLetter, Refused, NoSuchMove: see `organizations.services.check_letter`.
    :raises ImportOpen: a file of officers is being worked on.
    :raises NobodyNamed: it names nobody.
    :raises OfficersChanged: others are named than were seen.
    """
    with transaction.atomic():
        standing = _decidable(actor, letter_id)
        organizations.check_letter(actor=actor, letter_id=letter_id, standing=standing)
        # After the move: whoever comes second hears that it was decided.
        if not standing.officers:
            raise NobodyNamed()
        if seen and seen != mark_of_officers(letter_id):
            raise OfficersChanged()
        go_on = grant_letter(actor=system_actor("letters"), letter_id=letter_id)
        if go_on is not None:
            enqueue("access.grant_letter", letter=str(letter_id), after=str(go_on))
        enqueue("access.tell_officers", letter=str(letter_id))


def refuse_letter(*, actor: Actor, letter_id: UUID, reason: str) -> None:
    """Send a letter away for good; who entered it is told why, its officers get nothing.

    :raises NoSuchLetter, Refused, NoSuchMove, ReasonMissing: see the organizations room.
    :raises ImportOpen: a file of officers is being worked on.
    """
    with transaction.atomic():
        standing = _decidable(actor, letter_id)
        organizations.refuse_letter(
            actor=actor, letter_id=letter_id, standing=standing, reason=reason
        )
        letter = hold_letter(letter_id)
        withdraw_named(actor, letter)
        values = {"number": letter.number, "reason": reason}
        tell_all([letter.created_by], "letter_refused", f"/letters/{letter_id}", **values)


def withdraw_letter(*, actor: Actor, letter_id: UUID) -> None:
    """Who entered a letter takes it back before anybody has checked it.

    :raises NoSuchLetter, Refused, NoSuchMove: see the organizations room.
    :raises ImportOpen: a file of officers is being worked on.
    """
    with transaction.atomic():
        _decidable(actor, letter_id)
        organizations.withdraw_letter(actor=actor, letter_id=letter_id)
        withdraw_named(actor, hold_letter(letter_id))


def tell_checkers(*, actor: Actor, letter_id: UUID) -> None:
    """Tell those who can check a letter that its officers are all named.

    :raises NoSuchLetter, Refused: not the actor's, or already decided.
    :raises NobodyNamed: it names nobody.
    """
    with transaction.atomic():
        letter = register_letter_for(actor, letter_id)
        standing = standing_of_letter(actor, letter.row)
        if not standing.officers:
            raise NobodyNamed()
        one_up = standing.above or not standing.verifiers
        agency = letter.said.agency
        people = holders(PLATFORM_ADMIN) if one_up else holders(AGENCY_VERIFIER, agency)
        others = [one for one in people if one != letter.said.created_by]
        values = {"number": letter.said.number, "agency": letter.said.agency_name}
        tell_all(others, "letter_to_check", f"/letters/{letter_id}", **values)


def _decidable(actor: Actor, letter_id: UUID) -> Standing:
    """The facts for a decision, once nothing else is being done to the locked letter."""
    seen = register_letter_for(actor, letter_id)
    letter = hold_letter(letter_id)
    standing = standing_of_letter(actor, letter)
    if Import.objects.filter(letter=letter, state__in=("judging", "running")).exists():
        raise ImportOpen()
    if seen.state == "entered":
        drop_judged(letter)
    return standing
