"""Officers named in letters: as the letter's keepers see them, and as they see themselves."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Q

from gapura.access.errors import NoSuchAppointment
from gapura.access.models import AccessRule, Appointment, Grant
from gapura.access.officers import OFFICER_STATES
from gapura.access.permissions import Can
from gapura.access.queries.views import Place
from gapura.access.rules import activation_ends
from gapura.access.states import APPOINTMENT, LIVE_GRANT
from gapura.accounts.queries import masked
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.organizations.queries import LetterView, register_letter_for
from gapura.organizations.queries import letter_view as letter_said

PAGE = 40
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfficerFilters:
    """Which officers of a letter a list shows; `page` counts from 1."""

    state: str = ""
    text: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One officer; the NIK masked, both days included. `grant_state` is empty without a grant."""

    id: UUID
    name: str
    nik: str
    role: str
    unit: str
    unit_name: str
    standing: str
    principal: str
    valid_from: date
    valid_until: date
    state: str
    obstacle: str
    grant_state: str


@dataclass(frozen=True, slots=True)
class OfficerList:
    """One page of officers, how many fit the filters, how many there are in each state."""

    rows: tuple[OfficerRow, ...]
    total: int
    counts: dict[str, int]

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True, slots=True)
class RestingRow:
    """One grant that ends with the letter; `delegated` counts those passed on from it."""

    id: UUID
    name: str
    username: str
    role: str
    unit_name: str
    state: str
    delegated: int


@dataclass(frozen=True, slots=True)
class Resting:
    """What ends with a letter: one page of grants, all of them, their people, names that wait."""

    rows: tuple[RestingRow, ...]
    grants: int
    people: int
    delegated: int
    waiting: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.grants // PAGE))


@dataclass(frozen=True, slots=True)
class OwnAppointment:
    """What a letter names the actor for; `activate_before` is set while it can be activated."""

    id: UUID
    person_id: UUID
    letter: LetterView
    role: str
    place: Place
    standing: str
    valid_from: date
    valid_until: date
    state: str
    grant: UUID | None
    grant_state: str
    activate_before: datetime | None


def officers_of(actor: Actor, letter_id: UUID, filters: OfficerFilters) -> OfficerList:
    """The officers of a letter by name, PAGE of them.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    """
    register_letter_for(actor, letter_id)
    everybody = Appointment.objects.filter(letter=letter_id)
    counts = dict.fromkeys(APPOINTMENT.states, 0)
    counts |= dict(everybody.values_list("state").annotate(number=Count("id")))
    fitting = everybody.filter(_fits(filters))
    rows = fitting.select_related("unit", "grant", "principal").order_by("name", "id")
    first = (max(1, min(filters.page, 10_000)) - 1) * PAGE
    found = tuple(_officer(row) for row in rows[first : first + PAGE])
    return OfficerList(found, fitting.count(), counts)


def mark_of_officers(letter_id: UUID) -> str:
    """A mark of who is named in a letter: another one once somebody is named or taken off."""
    rows = Appointment.objects.filter(letter=letter_id).exclude(state__in=("withdrawn", "declined"))
    number, last = rows.aggregate(number=Count("id"), last=Max("named_at")).values()
    return f"{number}.{last.timestamp() if last else 0}"


def _fits(filters: OfficerFilters) -> Q:
    found = Q(state=filters.state) if filters.state in OFFICER_STATES else Q()
    if not filters.state:
        found = ~Q(state="withdrawn")
    text = filters.text.strip()[:100]
    return found & Q(name__icontains=text) if text else found


def _officer(row: Appointment) -> OfficerRow:
    return OfficerRow(
        id=row.id,
        name=row.name,
        nik=masked(row.nik),
        role=row.role,
        unit=row.unit_id or "",
        unit_name=row.unit.name if row.unit else "",
        standing=row.standing,
        principal=row.principal.name if row.principal else "",
        valid_from=row.valid.lower,
        valid_until=row.valid.upper - _DAY,
        state=row.state,
        obstacle=row.obstacle,
        grant_state=row.grant.state if row.grant else "",
    )


def resting_on(actor: Actor, letter_id: UUID, page: int = 1) -> Resting:
    """Which live grants rest on a letter, by name.

    :raises NoSuchLetter: unknown, or not this actor's to see.
    """
    register_letter_for(actor, letter_id)
    live = Grant.objects.filter(letter=letter_id, state__in=LIVE_GRANT, superseded_at__isnull=True)
    passed_on = Q(delegations__state__in=LIVE_GRANT, delegations__superseded_at__isnull=True)
    totals = live.aggregate(
        grants=Count("id", distinct=True),
        people=Count("person", distinct=True),
        delegated=Count("delegations", filter=passed_on, distinct=True),
    )
    columns = ("id", "person__name", "person__username", "role", "unit__name", "state", "passed")
    rows = live.annotate(passed=Count("delegations", filter=passed_on))
    first = (max(1, min(page, 10_000)) - 1) * PAGE
    listed = rows.order_by("person__name", "id").values_list(*columns)[first : first + PAGE]
    waiting = Appointment.objects.filter(letter=letter_id, state="named").count()
    found = tuple(
        RestingRow(key, name, username, role, unit or "", state, passed)
        for key, name, username, role, unit, state, passed in listed
    )
    return Resting(found, waiting=waiting, **totals)


def own_appointment(actor: Actor, appointment_id: UUID) -> OwnAppointment:
    """What a checked letter names the actor for.

    :raises NoSuchAppointment: unknown, somebody else's, or of a letter that is not checked.
    """
    require(actor, Can.SEE_OWN)
    rows = Appointment.objects.select_related(
        "letter__agency", "letter__unit", "agency", "unit", "grant"
    ).defer("nik")
    row = rows.filter(pk=appointment_id, person=actor.person, grant__isnull=False).first()
    if row is None:
        raise NoSuchAppointment()
    return _own(row, actor.who)


def _own(row: Appointment, person: UUID) -> OwnAppointment:
    grant, unit = row.grant, row.unit
    place = Place(
        row.agency_id,
        row.agency.name,
        unit.code if unit else "",
        unit.name if unit else "",
        zone=unit.zone if unit else clock.JAKARTA,
    )
    return OwnAppointment(
        id=row.id,
        person_id=person,
        letter=letter_said(row.letter),
        role=row.role,
        place=place,
        standing=row.standing,
        valid_from=row.valid.lower,
        valid_until=row.valid.upper - _DAY,
        state=row.state,
        grant=row.grant_id,
        grant_state=grant.state if grant else "",
        activate_before=_activate_before(grant),
    )


def _activate_before(grant: Grant | None) -> datetime | None:
    if grant is None or grant.state != "approved":
        return None
    days = AccessRule.value_at("activation_days", clock.today())
    return activation_ends(grant.approved_at, days)


def appointments_to_activate(actor: Actor) -> dict[UUID, UUID]:
    """The actor's grants of letters that wait for activation, with where each is activated."""
    require(actor, Can.SEE_OWN)
    rows = Appointment.objects.filter(person=actor.person, state="granted", grant__state="approved")
    return dict(rows.values_list("grant", "id")[:PAGE])
