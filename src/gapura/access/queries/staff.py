"""A company's people, its open invitations, and those who ask to be admitted."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gapura.access.duties import DUTIES, duties_of
from gapura.access.errors import (
    NoSuchGrant,
    NoSuchJoin,
)
from gapura.access.models import Grant, Invitation, JoinRequest
from gapura.access.permissions import Can
from gapura.access.roles import COMPANY_ADMIN
from gapura.access.states import INVITATION, JOIN, LIVE_GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_MOST = 200


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the company; `mine` is the actor's own role, which they cannot end."""

    grant: UUID
    name: str
    username: str
    role: str
    state: str
    since: datetime
    person_id: UUID
    company_id: str
    duties: tuple[str, ...]
    mine: bool
    agency_id: str = ""

    @property
    def does(self) -> tuple[str, ...]:
        """What the role includes: an administrator's includes all of it."""
        return tuple(code for code in DUTIES if code in duties_of(self.role, self.duties))


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """A link that nobody used yet; `expired` ones no longer work."""

    id: UUID
    email: str
    role: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
    duties: tuple[str, ...]
    expired: bool


@dataclass(frozen=True, slots=True)
class Joining:
    """One request to be admitted, as the company or the person sees it."""

    id: UUID
    name: str
    username: str
    company_id: str
    company_name: str
    position: str
    state: str
    asked_at: datetime
    reason: str
    person_id: UUID


@dataclass(frozen=True, slots=True)
class Staff:
    """All of a company's people page."""

    members: tuple[Member, ...]
    invitations: tuple[OpenInvitation, ...]
    joins: tuple[Joining, ...]

    @property
    def administrators(self) -> int:
        """How many can administer the company now."""
        return sum(one.role == COMPANY_ADMIN and one.state == "active" for one in self.members)


def staff_of(actor: Actor) -> Staff:
    """The people of the company that the actor administers (three queries).

    :raises Refused: not acting as a company's administrator.
    """
    require(actor, Can.SEE_STAFF)
    company = actor.grant.company if actor.grant else ""
    members = _members(actor, _live(company)[:_MOST])
    return Staff(members, _invitations(company), _joins(company))


def everybody_of(actor: Actor) -> tuple[Member, ...]:
    """The people of the company that the actor administers, however many.

    :raises Refused: not acting as a company's administrator.
    """
    require(actor, Can.SEE_STAFF)
    return _members(actor, _live(actor.grant.company if actor.grant else ""))


def _live(company: str) -> QuerySet[Grant]:
    rows = Grant.objects.filter(company=company, state__in=LIVE_GRANT, superseded_at__isnull=True)
    return rows.order_by("role", "approved_at", "id")


def _members(actor: Actor, rows: QuerySet[Grant]) -> tuple[Member, ...]:
    columns = ("id", "person__name", "person__username", "role", "state", "approved_at")
    found = rows.values_list(*columns, "person_id", "company_id", "duties")
    return tuple(_member(row, row[6] == actor.person) for row in found)


def _member(row: tuple[Any, ...], mine: bool) -> Member:
    values: Any = (*row[:-1], tuple(row[-1]), mine)
    return Member(*values)


def _invitations(company: str) -> tuple[OpenInvitation, ...]:
    rows = Invitation.objects.filter(company=company, state=INVITATION.start)
    columns = ("id", "email", "role", "invited_by__name", "invited_at", "expires_at")
    now = clock.now()
    found = rows.order_by("-invited_at").values_list(*columns, "duties")[:_MOST]
    shown: list[Any] = [(*row[:6], tuple(row[6]), now >= row[5]) for row in found]
    return tuple(OpenInvitation(*row) for row in shown)


_JOIN_COLUMNS = (
    "id",
    "person__name",
    "person__username",
    "company_id",
    "company__name",
    "position",
    "state",
    "asked_at",
    "reason",
    "person_id",
)


def _joins(company: str) -> tuple[Joining, ...]:
    rows = JoinRequest.objects.filter(company=company, state=JOIN.start).order_by("asked_at", "id")
    return tuple(Joining(*row) for row in rows.values_list(*_JOIN_COLUMNS)[:_MOST])


def own_joins(actor: Actor) -> tuple[Joining, ...]:
    """What the actor asked of companies, newest first; at most 20."""
    require(actor, Can.ASK_TO_JOIN)
    rows = JoinRequest.objects.filter(person=actor.who).order_by("-asked_at", "-id")
    return tuple(Joining(*row) for row in rows.values_list(*_JOIN_COLUMNS)[:20])


def joining(actor: Actor, join_id: UUID) -> Joining:
    """One request to be admitted to the company that the actor administers.

    :raises NoSuchJoin: not there, or another company's.
    """
    require(actor, Can.SEE_STAFF)
    company = actor.grant.company if actor.grant else ""
    row = JoinRequest.objects.filter(pk=join_id, company=company).values_list(*_JOIN_COLUMNS)
    found = row.first()
    if found is None:
        raise NoSuchJoin()
    return Joining(*found)


def member(actor: Actor, grant_id: UUID) -> Member:
    """One person of the company that the actor administers.

    :raises NoSuchGrant: not there, ended, or of another company.
    """
    require(actor, Can.SEE_STAFF)
    company = actor.grant.company if actor.grant else ""
    found = _members(actor, _live(company).filter(pk=grant_id))
    if not found:
        raise NoSuchGrant()
    return found[0]


def waiting_grant(actor: Actor, grant_id: UUID) -> Member:
    """The actor's own role at a company, to be activated or active; `name` is the company's.

    :raises NoSuchGrant: not there, or not the actor's.
    """
    require(actor, Can.SEE_OWN)
    columns = ("id", "company__name", "person__username", "role", "state", "approved_at")
    rows = Grant.objects.filter(pk=grant_id, person=actor.who, company__isnull=False)
    found = rows.values_list(*columns, "person_id", "company_id", "duties").first()
    if found is None:
        raise NoSuchGrant()
    return _member(found, True)
