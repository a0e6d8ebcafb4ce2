"""What ties a person to offices and companies, for whoever asks to be erased."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gapura.access.models import Grant
from gapura.access.queries.administrators import administered_alone
from gapura.access.queries.places import place_of
from gapura.access.roles import ROLES
from gapura.access.states import LIVE_GRANT


@dataclass(frozen=True, slots=True)
class Office:
    """One live role: its code and name, and where it is held."""

    role: str
    role_name: str
    place: str


@dataclass(frozen=True, slots=True)
class Ties:
    """`offices` at agencies have to be handed over; `alone` are companies without another
    administrator; `staff` are grants at companies that simply end.
    """

    offices: tuple[Office, ...]
    alone: tuple[str, ...]
    staff: tuple[UUID, ...]


def ties(person: UUID) -> Ties:
    """Of all live grants, also those that wait or pause. Three queries."""
    rows = Grant.objects.filter(person=person, state__in=LIVE_GRANT, superseded_at__isnull=True)
    live = list(rows.select_related("agency", "unit", "company").order_by("pk"))
    offices = [row for row in live if row.company_id is None]
    return Ties(
        tuple(Office(one.role, ROLES[one.role].name, place_of(one).label) for one in offices),
        administered_alone(person),
        tuple(row.pk for row in live if row.company_id is not None),
    )


def last_day_in_office(person: UUID) -> date | None:
    """The day on which the newest grant ended; None for somebody who never held one."""
    ended = Grant.objects.filter(person=person, ended_at__isnull=False).order_by("-ended_at")
    found = ended.values_list("ended_at", flat=True).first()
    return found.date() if found else None
