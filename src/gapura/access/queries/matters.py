"""What is still open about a person's requests, for the home page."""

import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateTimeField, F, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast

from gapura.access.models import AccessRequest, AccessRule, Appointment
from gapura.access.permissions import Can
from gapura.access.queries.verifying import broken_rule, looks_after
from gapura.access.queries.views import Matter, Place
from gapura.access.roles import AGENCY_VERIFIER
from gapura.access.rules import activation_ends
from gapura.access.states import OPEN_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared

_SHOWN = 10
# The state of a matter that is no request: the agency has fewer verifiers than the rule asks for.
TOO_FEW_VERIFIERS = "too_few_verifiers"
_COLUMNS = (
    "id",
    "reference",
    "role",
    "agency_id",
    "agency__name",
    "unit_id",
    "unit__name",
    "unit__zone",
    "state",
    "due_at",
    "grant__state",
    "grant__approved_at",
    "activation_days",
    "by_letter",
    "since",
)


def _open(person: UUID, day: date) -> QuerySet[Any, Any]:
    """The person's own matters."""
    return _newest(*_own(person, day))


def _open_and_agency(person: UUID, day: date, at: datetime, agency: str) -> QuerySet[Any, Any]:
    """The same, and whether the agency has too few verifiers."""
    nothing, none = Value(""), Cast(Value(None), DateTimeField())
    rule = broken_rule(agency, at, day).annotate(
        **dict.fromkeys(("reference", "unit", "text"), nothing),
        role=Value(AGENCY_VERIFIER),
        place=Value(agency),
        state=Value(TOO_FEW_VERIFIERS),
        due_at=none,
        approved=none,
        by_letter=Value(False),
        since=Cast(Value(at), DateTimeField()),
    )
    columns = (
        *("id", "reference", "role", "place", "text", "unit", "text", "text", "state", "due_at"),
        *("text", "approved", "value", "by_letter", "since"),
    )
    return _newest(*_own(person, day), rule.values_list(*columns))


def _newest(first: QuerySet[Any, Any], *others: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    return first.union(*others, all=True).order_by("-since", "-id")[:_SHOWN]


def _own(person: UUID, day: date) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    rules = AccessRule.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        key="activation_days",
        scope="",
        valid_from__lte=day,
    )
    days = Subquery(rules.order_by("-valid_from").values("value")[:1])
    is_open = Q(state__in=OPEN_REQUEST) | Q(grant__state="approved")
    asked = AccessRequest.objects.filter(is_open, person=person).annotate(
        activation_days=days, by_letter=Value(False), since=F("created_at")
    )
    named = Appointment.objects.filter(
        person=person, state="granted", grant__state="approved"
    ).annotate(
        reference=F("letter__reference"),
        shown_state=Value("approved"),
        due_at=Cast(Value(None), DateTimeField()),
        activation_days=days,
        by_letter=Value(True),
        since=F("grant__approved_at"),
    )
    columns = ["shown_state" if name == "state" else name for name in _COLUMNS]
    return asked.values_list(*_COLUMNS), named.values_list(*columns)


_PROBES = (UUID(int=1), date(2000, 1, 1))
_OPEN = Prepared(_open, *_PROBES)
_OPEN_AND_AGENCY = Prepared(
    _open_and_agency, *_PROBES, datetime(2000, 1, 1, 1, tzinfo=UTC), "\0agency"
)


def open_matters(actor: Actor) -> tuple[Matter, ...]:
    """What waits of the actor's requests and of letters that name them, newest first, at most ten.

    Who looks after an agency's verifiers is told when they are too few. One query.
    """
    require(actor, Can.SEE_OWN)
    asked = (actor.who, clock.today())
    if looks_after(actor):
        rows = _OPEN_AND_AGENCY.rows(*asked, clock.now(), actor.agency)
    else:
        rows = _OPEN.rows(*asked)
    return tuple(_matter(row) for row in rows)


def _matter(values: tuple[Any, ...]) -> Matter:
    row = dict(zip(_COLUMNS, values, strict=True))
    waits = row["grant__state"] == "approved"
    # A plain cursor hands jsonb out as text.
    days = json.loads(row["activation_days"]) if waits else 0
    return Matter(
        id=row["id"],
        reference=row["reference"],
        role=row["role"],
        place=Place(
            row["agency_id"] or "",
            row["agency__name"] or "",
            row["unit_id"] or "",
            row["unit__name"] or "",
            zone=row["unit__zone"] or clock.JAKARTA,
        ),
        state=row["state"],
        due_at=row["due_at"],
        grant_state=row["grant__state"] or "",
        activate_before=activation_ends(row["grant__approved_at"], days) if waits else None,
        by_letter=row["by_letter"],
    )
