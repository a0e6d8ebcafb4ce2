"""Who can answer in access reviews at an agency now, and what waits for whom."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from gapura.access.models import Review, ReviewLine
from gapura.access.permissions import Can
from gapura.access.queries.grants import working
from gapura.access.roles import AGENCY_ADMIN, AGENCY_VERIFIER, PLATFORM_ADMIN, ROLES, UNIT_HEAD
from gapura.access.rules import Reviewer, Reviewers
from gapura.access.rules.reviews import AGENCY, PLATFORM, UNIT
from gapura.access.states import REVIEW_LINE
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may


def reviewers_at(agency: str | None) -> Reviewers:
    """The heads of the agency's units and its administrators. One query."""
    if agency is None:
        return Reviewers({}, ())
    grants = working(clock.now()).filter(agency=agency, role__in=(UNIT_HEAD, AGENCY_ADMIN))
    heads: dict[str, list[Reviewer]] = defaultdict(list)
    admins: list[Reviewer] = []
    for role, unit, person, principal in grants.values_list(
        "role", "unit_id", "person_id", "principal_id"
    ):
        (heads[unit or ""] if role == UNIT_HEAD else admins).append(Reviewer(person, principal))
    return Reviewers(heads, admins)


def platform_reviewers() -> list[Reviewer]:
    """The platform's administrators."""
    grants = working(clock.now()).filter(role=PLATFORM_ADMIN)
    return [Reviewer(*one) for one in grants.values_list("person_id", "principal_id")]


def is_of_platform(role: str) -> bool:
    """Only the platform gives the role, so only the platform takes it."""
    return AGENCY_VERIFIER not in ROLES[role].approved_by


def waits_for(actor: Actor) -> Q:
    """The lines at the actor's level and desk, without those about the actor's own access."""
    grant, nothing = actor.grant, Q(pk__in=())
    if grant is None or not may(actor, Can.LIST_REVIEWS):
        return nothing
    others = ~Q(person=actor.person)
    if grant.principal:
        others &= ~Q(person__username=grant.principal)
    if grant.role == UNIT_HEAD:
        return others & Q(level=UNIT, desk=grant.unit)
    if grant.role == AGENCY_ADMIN:
        return others & Q(level=AGENCY, agency=grant.agency)
    # What is late at an agency can be answered one level up as well.
    top = Q(level=PLATFORM) | Q(level=AGENCY, escalated_at__isnull=False)
    return others & top if grant.role == PLATFORM_ADMIN else nothing


def seen_by(actor: Actor) -> Q:
    """The lines of a visible review that the actor sees: a head those of the own desk."""
    grant = actor.grant
    return Q(desk=grant.unit) if grant is not None and grant.role == UNIT_HEAD else Q()


def sees_line(actor: Actor, line: ReviewLine) -> bool:
    """The same of one line."""
    grant = actor.grant
    return grant is None or grant.role != UNIT_HEAD or line.desk_id == grant.unit


def asked_people(review: Review) -> dict[UUID, int]:
    """Who is to answer what is open in a review, each with how many. At most three queries."""
    rows = ReviewLine.objects.filter(review=review, state=REVIEW_LINE.start)
    lines = list(rows.values_list("level", "desk_id", "person_id"))
    here = reviewers_at(review.agency_id)
    top = platform_reviewers() if any(level == PLATFORM for level, *_ in lines) else []
    asked: dict[UUID, int] = defaultdict(int)
    for level, desk, person in lines:
        at: dict[str, Collection[Reviewer]] = {
            UNIT: here.heads.get(desk or "", ()),
            AGENCY: here.admins,
            PLATFORM: top,
        }
        for who in {one.person for one in at[level] if person not in one}:
            asked[who] += 1
    return asked
