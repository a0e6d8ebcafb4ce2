"""Reads of what a person holds, and which of it the dated law does not let one person hold."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.kinds import BOUNDED, DEFINITIVE
from gapura.access.models import Grant
from gapura.access.queries.laws import laws, standing_limits
from gapura.access.queries.views import Place
from gapura.access.roles import AGENCY_VERIFIER, PLATFORM_ADMIN
from gapura.access.rules import Clash, Office, Span, clashes, excludes
from gapura.access.states import LIVE_GRANT
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.prepared import Prepared
from gapura.organizations.queries import agencies_by_code, units_by_code


def conflicts_among(grants: Sequence[ActiveGrant], day: date) -> dict[UUID, str]:
    """The legal basis by which working grants of one person may not be used, by their ids.

    No query where no two of their roles are forbidden together anywhere: nearly always.
    """
    if len(grants) < 2:
        return {}
    known = laws()
    blocked = known.blocked(day)
    roles = [grant.role for grant in grants]
    suspect = {
        role
        for place, role in enumerate(roles)
        for other in (*roles[:place], *roles[place + 1 :])
        if frozenset((role, other)) in blocked
    }
    if not suspect:
        return {}
    ids = [grant.id for grant in grants if grant.role in suspect]
    return {
        office.grant: clash.law.basis
        for clash in clashes_among(offices(Grant.objects.filter(pk__in=ids)), day)
        if clash.law.blocks
        for office in (clash.held, clash.asked)
        if office.grant
    }


def under_the_law(grants: Sequence[ActiveGrant], day: date) -> tuple[ActiveGrant, ...]:
    """Working grants of one person with what the law of `day` takes from them.

    `conflict` where another one excludes it, `without` where the holder stands in. No query while
    the law is remembered, but where two roles are suspect.
    """
    conflicts = conflicts_among(grants, day)
    if not conflicts and all(grant.standing == DEFINITIVE for grant in grants):
        return tuple(grants)
    return tuple(_under(grant, conflicts.get(grant.id, ""), day) for grant in grants)


def _under(grant: ActiveGrant, conflict: str, day: date) -> ActiveGrant:
    without, law = standing_limits(grant.role, grant.standing, day)
    return replace(grant, conflict=conflict, without=without, without_law=law)


def clashes_among(held: Sequence[Office], day: date) -> list[Clash]:
    """Every rule in force on `day` that two offices of one person break, which work now.

    Their days are not compared: at the turn of a day two may work at the same moment that have no
    legal day in common, one in Jayapura and one in Jakarta.
    """
    rules = [law for law in laws().conflicts if law.covers(day)]
    return [
        Clash(law, two, one, day, None)
        for place, one in enumerate(held)
        for two in held[place + 1 :]
        for law in rules
        if law.pair == {one.role, two.role} and excludes(law, one, two)
    ]


_COLUMNS = (
    "id",
    "person_id",
    "role",
    "agency_id",
    "agency__kind",
    "agency__name",
    "unit_id",
    "unit__name",
    "unit__path",
    "company_id",
    "company__name",
    "valid",
    "letter__valid",
)


def offices(grants: QuerySet[Grant]) -> list[Office]:
    """Grants as the rules look at them, in one query."""
    return [_office(row) for row in _rows(grants)]


def _rows(grants: QuerySet[Grant]) -> QuerySet[Grant, tuple[Any, ...]]:
    return grants.order_by("approved_at", "id").values_list(*_COLUMNS)


def _live(person_id: UUID) -> QuerySet[Grant]:
    return Grant.objects.filter(
        Q(rests_on__isnull=True) | Q(rests_on__state__in=LIVE_GRANT),
        person=person_id,
        state__in=LIVE_GRANT,
        superseded_at__isnull=True,
        letter__revoked_at__isnull=True,
    )


_HELD = Prepared(lambda person: _rows(_live(person)), UUID(int=1))


def _office(values: tuple[Any, ...]) -> Office:
    row = dict(zip(_COLUMNS, values, strict=True))
    spans = [row["valid"], *([row["letter__valid"]] if row["letter__valid"] else [])]
    first = max(span.lower for span in spans)
    after = min((span.upper for span in spans if span.upper is not None), default=None)
    return office_at(
        row["role"],
        Place(
            row["agency_id"] or "",
            row["agency__name"] or "",
            row["unit_id"] or "",
            row["unit__name"] or "",
            row["company_id"] or "",
            row["company__name"] or "",
        ),
        kind=row["agency__kind"] or "",
        path=row["unit__path"] or "",
        days=Span(first, after),
        grant=row["id"],
        person=row["person_id"],
    )


def office_at(
    role: str,
    place: Place,
    *,
    kind: str,
    path: str,
    days: Span,
    grant: UUID | None = None,
    person: UUID | None = None,
) -> Office:
    """One role at one place for some days, as the rules look at it."""
    return Office(
        role=role,
        agency=place.agency,
        unit=place.unit,
        company=place.company,
        kind=kind,
        path=path,
        spread=role in BOUNDED,
        first=days.first,
        after=days.after,
        grant=grant,
        person=person,
        label=place.label,
    )


def held_by(person_id: UUID, besides: UUID | None = None) -> list[Office]:
    """What a person holds or could come to hold again: live grants, also paused and waiting ones.

    Not those whose letter was revoked or that were delegated from an ended grant: these never
    work again. `besides` leaves one grant out.
    """
    if besides:
        return offices(_live(person_id).exclude(pk=besides))
    return [_office(row) for row in _HELD.rows(person_id)]


def clashes_with(held: Iterable[Office], role: str, place: Place, days: Span) -> list[Clash]:
    """What a role at a place for some days would break, given what the person holds."""
    held = list(held)
    pairs = {frozenset((role, office.role)) for office in held}
    near = [law for law in laws().conflicts if law.pair in pairs]
    if not near:
        return []
    agencies = agencies_by_code({place.agency}) if place.agency else {}
    units = units_by_code({place.unit}) if place.unit else {}
    kind = agencies[place.agency].kind if place.agency in agencies else ""
    path = units[place.unit].path if place.unit in units else ""
    return clashes(office_at(role, place, kind=kind, path=path, days=days), held, near)


def may_know(actor: Actor, person_id: UUID, agency: str) -> bool:
    """Whether the actor may hear where else the person holds which role.

    The person may, and who verifies the agency or the platform.
    """
    if actor.person is None or actor.acr < 1:
        return False
    verifies = actor.role == AGENCY_VERIFIER and bool(agency) and actor.agency == agency
    return actor.person == person_id or verifies or actor.role == PLATFORM_ADMIN
