"""The register of appointment letters as its agency, and the platform, see it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Subquery

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require
from gapura.kernel.prepared import Prepared
from gapura.kernel.texts import N_
from gapura.organizations.errors import NoSuchLetter
from gapura.organizations.models import AppointmentLetter, Unit
from gapura.organizations.permissions import Can
from gapura.organizations.queries.places import LetterView, letter_view
from gapura.organizations.rules import is_code
from gapura.organizations.states import LETTER, LIVE_LETTER

PAGE = 40
LETTER_STATES: dict[str, str] = {
    "entered": N_("Waiting to be checked"),
    "checked": N_("In force"),
    "refused": N_("Refused"),
    "withdrawn": N_("Withdrawn"),
    "revoked": N_("Revoked"),
    "replaced": N_("Replaced"),
}
LETTER_MACHINE = LETTER
_LONGEST = 100
_TO_CHECK = Prepared(
    lambda agency, person: (
        AppointmentLetter.objects.filter(agency=agency, state=LETTER.start)
        .exclude(created_by=person)
        .values("state")
        .annotate(number=Count("id"))
        .values_list("number")
    ),
    "probe",
    UUID(int=1),
)


@dataclass(frozen=True, slots=True)
class LetterFilters:
    """What a list of letters shows; `state` empty means those that live. `page` counts from 1."""

    state: str = ""
    text: str = ""
    unit: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class RegisterLetter:
    """A letter of the register. `said` is what it says; `agency_id` and `unit` serve the rules."""

    said: LetterView
    state: str
    roles: tuple[str, ...]
    budget_year: int | None
    replaces: UUID | None
    replaces_reference: str
    checked_by: UUID | None
    checked_at: datetime | None
    check_reason: str
    revoked_by: UUID | None
    row: AppointmentLetter

    @property
    def id(self) -> UUID:
        """The letter's id."""
        return self.said.id


@dataclass(frozen=True, slots=True)
class LetterList:
    """One page of a list, how many letters fit, and how many there are in each state."""

    rows: tuple[RegisterLetter, ...]
    total: int
    counts: dict[str, int]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class LetterChoice:
    """A checked letter that a request may rest on; days are whole legal days, both included."""

    id: UUID
    reference: str
    number: str
    signed_on: date
    roles: tuple[str, ...]
    unit: str
    valid_from: date
    valid_until: date


def register_letters(actor: Actor, filters: LetterFilters) -> LetterList:
    """Letters of the agencies and units the active role reaches, newest first, `PAGE` of them.

    :raises Refused: without a role that reads letters.
    """
    require(actor, Can.LIST_LETTERS)
    reached = AppointmentLetter.objects.filter(_reach(actor)).exclude(state="")
    fitting = reached.filter(_fits(filters))
    first = (max(1, min(filters.page, 10_000)) - 1) * PAGE
    rows = fitting.select_related("agency", "unit", "replaces").order_by("-created_at", "-id")
    known = reached.values_list("state").annotate(number=Count("id"))
    counts = dict.fromkeys(LETTER.states, 0) | dict(known)
    return LetterList(
        tuple(_registered(row) for row in rows[first : first + PAGE]), fitting.count(), counts
    )


def letters_to_check(actor: Actor) -> int:
    """How many letters in the actor's reach wait for somebody else than their author. One query.

    :raises Refused: without a role that reads letters.
    """
    require(actor, Can.LIST_LETTERS)
    if actor.agency and actor.grant and not actor.grant.unit:
        found = _TO_CHECK.rows(actor.agency, actor.who)
        return int(found[0][0]) if found else 0
    rows = AppointmentLetter.objects.filter(_reach(actor), state=LETTER.start)
    return rows.exclude(created_by=actor.who).count()


def register_letter_for(actor: Actor, letter_id: UUID) -> RegisterLetter:
    """One letter, of the register or handed in with a request.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    """
    rows = AppointmentLetter.objects.select_related("agency", "unit", "replaces")
    row = rows.filter(pk=letter_id).first()
    if row is None or not may(actor, Can.SEE_LETTER, row):
        raise NoSuchLetter()
    return _registered(row)


def registered_letters(actor: Actor, agency: str, unit: str = "") -> list[LetterChoice]:
    """Checked letters of an agency that count today or later and reach `unit`; at most 200.

    For the form of somebody who asks for access: numbers and dates, never who is named. Signed-in
    people only; an unknown agency has none.
    """
    if not actor.signed_in or not is_code(agency):
        return []
    rows = AppointmentLetter.objects.filter(
        agency=agency, state="checked", valid__endswith__gt=clock.today()
    )
    place = Unit.objects.filter(pk=unit, agency=agency).first() if unit else None
    above = place.path.rstrip("/").split("/") if place else []
    rows = rows.filter(Q(unit__isnull=True) | Q(unit__in=above))
    return [_choice(row) for row in rows.order_by("-signed_on", "-id")[:200]]


def live_letters(agency: str, *, but: UUID) -> list[LetterChoice]:
    """Checked letters of an agency in whose favor the letter `but` could end; at most 200."""
    rows = AppointmentLetter.objects.filter(agency=agency, state="checked").exclude(pk=but)
    return [_choice(row) for row in rows.order_by("-signed_on", "-id")[:200]]


def _reach(actor: Actor) -> Q:
    """The letters a list may show: all, the agency's, or a unit's and below with the own ones."""
    if not actor.agency:
        return Q()
    mine = Q(agency=actor.agency)
    unit = actor.grant.unit if actor.grant else ""
    if not unit:
        return mine
    path = Subquery(Unit.objects.filter(pk=unit).values("path"))
    below = Q(unit=unit) | Q(unit__path__startswith=path)
    return mine & (below | Q(created_by=actor.who))


def _fits(filters: LetterFilters) -> Q:
    found = Q(state=filters.state) if filters.state else Q(state__in=LIVE_LETTER)
    text = filters.text.strip()[:_LONGEST]
    if text:
        found &= (
            Q(number__icontains=text)
            | Q(reference__iexact=text)
            | Q(signer_name__icontains=text)
            | Q(signer_position__icontains=text)
        )
    if filters.unit:
        found &= Q(unit=filters.unit) if is_code(filters.unit) else Q(pk__isnull=True)
    return found


def _registered(row: AppointmentLetter) -> RegisterLetter:
    return RegisterLetter(
        said=letter_view(row),
        state=row.state,
        roles=tuple(row.roles),
        budget_year=row.budget_year,
        replaces=row.replaces_id,
        replaces_reference=row.replaces.reference if row.replaces else "",
        checked_by=row.checked_by,
        checked_at=row.checked_at,
        check_reason=row.check_reason,
        revoked_by=row.revoked_by,
        row=row,
    )


def _choice(row: Any) -> LetterChoice:
    return LetterChoice(
        id=row.id,
        reference=row.reference,
        number=row.number,
        signed_on=row.signed_on,
        roles=tuple(row.roles),
        unit=row.unit_id or "",
        valid_from=row.valid.lower,
        valid_until=row.valid.upper - timedelta(days=1),
    )
