"""Which grants work: decided when asked, from dates and from all that a grant rests on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    DateField,
    DateTimeField,
    F,
    Func,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from gapura.access.duties import duties_of
from gapura.access.kinds import BOUNDED
from gapura.access.models import AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.conflicts import under_the_law
from gapura.access.queries.views import GrantView, Place
from gapura.access.roles import ROLES
from gapura.access.rules import activation_ends
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared
from gapura.kernel.texts import N_


class LegalDay(Func):
    """The calendar day of a moment in the zone that a column names."""

    template = "((%(expressions)s)::date)"
    arg_joiner = " AT TIME ZONE "
    output_field = DateField()


_DAY = F("day")

# What stops a grant, first reason first; one that none of these stops, works.
STOPS: tuple[tuple[Q, str], ...] = (
    (Q(superseded_at__isnull=False), N_("It was replaced by a corrected record.")),
    (Q(state="revoked"), N_("It has ended.")),
    (Q(state="suspended"), N_("It is suspended.")),
    (Q(state="approved"), N_("It was not activated yet.")),
    (Q(valid__startswith__gt=_DAY), N_("Its first day has not come yet.")),
    (Q(valid__endswith__lte=_DAY), N_("Its last day is over.")),
    (Q(letter__revoked_at__isnull=False), N_("The appointment letter was revoked.")),
    (
        Q(letter__valid__startswith__gt=_DAY) | Q(letter__valid__endswith__lte=_DAY),
        N_("The appointment letter is not valid today."),
    ),
    (Q(agency__closed_on__lte=_DAY), N_("The agency was closed.")),
    (Q(unit__ends_on__lte=_DAY), N_("The unit was closed.")),
    # Whoever has to prove their identity again holds no working access until they did.
    (~Q(person__state="verified"), N_("The account's identity is not verified now.")),
    # A child never outlives what it was given from; a delegated role cannot be delegated on.
    (
        Q(rests_on__isnull=False)
        & (
            ~Q(rests_on__state="active")
            | Q(rests_on__superseded_at__isnull=False)
            | Q(rests_on__valid__startswith__gt=_DAY)
            | Q(rests_on__valid__endswith__lte=_DAY)
            | Q(rests_on__letter__revoked_at__isnull=False)
            | Q(rests_on__letter__valid__startswith__gt=_DAY)
            | Q(rests_on__letter__valid__endswith__lte=_DAY)
            | ~Q(rests_on__person__state="verified")
        ),
        N_("The role it was delegated from does not work now."),
    ),
)

_ZONE = Coalesce("unit__zone", Value(clock.JAKARTA), output_field=TextField())


def zone_of_grant() -> Coalesce:
    """The zone that decides on which day a grant's legal dates begin and end."""
    return _ZONE


COLUMNS = (
    "id",
    "role",
    "agency_id",
    "agency__name",
    "unit_id",
    "unit__name",
    "company_id",
    "company__name",
    "zone",
    "letter__reference",
    "valid",
    "letter__valid",
    "unit__path",
    "standing",
    "principal__username",
    "delegable",
    "rests_on__valid",
    "rests_on__letter__valid",
    "duties",
)


# A grant's days are what is left of all of these.
_SPANS = ("valid", "letter__valid", "rests_on__valid", "rests_on__letter__valid")


def with_stops(at: datetime) -> QuerySet[Grant]:
    """All grants, each with its legal day `day` and with `why` it does not work at `at`, or ""."""
    day = LegalDay(Value(at, output_field=DateTimeField()), _ZONE)
    why = Case(
        *(When(condition, then=Value(text)) for condition, text in STOPS),
        default=Value(""),
        output_field=TextField(),
    )
    return Grant.objects.annotate(zone=_ZONE, day=day, why=why)


def working(at: datetime) -> QuerySet[Grant]:
    """Grants that nothing stops at `at`."""
    live = with_stops(at).filter(state="active", superseded_at__isnull=True)
    return live.filter(Q(why=""))


_PROBE_AT = datetime(2000, 1, 1, tzinfo=UTC)
_ACTIVE = Prepared(
    lambda person, at: (
        working(at).filter(person=person).order_by("activated_at", "id").values_list(*COLUMNS)
    ),
    UUID(int=1),
    _PROBE_AT,
)
_OWN_COLUMNS = (
    *COLUMNS,
    *("state", "why", "approved_at", "activated_at", "ended_at", "end_reason"),
)
_OWN = Prepared(
    lambda person, at: (
        with_stops(at)
        .filter(person=person, superseded_at__isnull=True)
        .order_by("-approved_at", "-id")
        .values_list(*_OWN_COLUMNS)
    ),
    UUID(int=1),
    _PROBE_AT,
)


def _place(row: dict[str, Any]) -> Place:
    return Place(
        row["agency_id"] or "",
        row["agency__name"] or "",
        row["unit_id"] or "",
        row["unit__name"] or "",
        row["company_id"] or "",
        row["company__name"] or "",
        row["zone"],
    )


def read_grant(values: tuple[Any, ...]) -> ActiveGrant:
    """A grant of the values of COLUMNS."""
    row = dict(zip(COLUMNS, values, strict=True))
    place = _place(row)
    return ActiveGrant(
        id=row["id"],
        role=row["role"],
        agency=place.agency,
        unit=place.unit,
        company=place.company,
        place=place.label,
        zone=place.zone,
        least_acr=ROLES[row["role"]].least_acr,
        letter=row["letter__reference"] or "",
        valid_until=last_usable_day(*(row[name] for name in _SPANS)),
        reach=row["unit__path"] if row["unit_id"] and row["role"] in BOUNDED else "",
        standing=row["standing"],
        principal=row["principal__username"] or "",
        delegable=row["delegable"],
        duties=duties_of(row["role"], row["duties"]),
    )


def last_usable_day(*ranges: Any) -> date | None:
    """The earliest last day of the grant and of all that it rests on."""
    ends = [each.upper for each in ranges if each is not None and each.upper is not None]
    return _last_day(min(ends, default=None))


def active_grants(person_id: UUID, at: datetime) -> tuple[ActiveGrant, ...]:
    """The grants that work at `at`, the first activated first. One query.

    Days are legal days in the unit's zone; agencies and the platform keep Jakarta's.
    """
    found = [read_grant(values) for values in _ACTIVE.rows(person_id, at)]
    return under_the_law(found, clock.legal_day(at))


def grants_of(actor: Actor) -> list[GrantView]:
    """All of the actor's own accesses, newest first, each with why it does not work."""
    require(actor, Can.SEE_OWN)
    days = AccessRule.value_at("activation_days", clock.today())
    rows = _OWN.rows(actor.who, clock.now())
    return [_grant_view(dict(zip(_OWN_COLUMNS, row, strict=True)), days) for row in rows]


def _last_day(end: date | None) -> date | None:
    return None if end is None else end - timedelta(days=1)


def _grant_view(row: dict[str, Any], days: int) -> GrantView:
    waits = row["state"] == "approved"
    return GrantView(
        id=row["id"],
        role=row["role"],
        place=_place(row),
        state=row["state"],
        works=not row["why"],
        why_not=row["why"],
        valid_from=row["valid"].lower,
        valid_until=_last_day(row["valid"].upper),
        letter=row["letter__reference"] or "",
        approved_at=row["approved_at"],
        activated_at=row["activated_at"],
        activate_before=activation_ends(row["approved_at"], days) if waits else None,
        ended_at=row["ended_at"],
        end_reason=row["end_reason"],
    )
