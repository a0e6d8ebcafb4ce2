"""A company's people, its invitations, and those who ask to be admitted."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from gapura.access.errors import (
    InvitationExpired,
    InvitationForAnother,
    InvitationUsed,
    InvitationVoid,
    InvitationWithdrawn,
    NoSuchGrant,
    NoSuchInvitation,
    NoSuchJoin,
)
from gapura.access.models import Grant, Invitation, JoinRequest
from gapura.access.permissions import Can
from gapura.access.queries.holders import holders
from gapura.access.roles import COMPANY_ADMIN
from gapura.access.states import INVITATION, JOIN, LIVE_GRANT
from gapura.accounts.queries import person_by_id
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem

# secrets.token_urlsafe(32) has 43 characters; anything much longer is not ours.
_LONGEST_TOKEN = 64
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
    mine: bool
    agency_id: str = ""


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """A link that nobody used yet; `expired` ones no longer work."""

    id: UUID
    email: str
    role: str
    invited_by: str
    invited_at: datetime
    expires_at: datetime
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


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as the invited person reads it before accepting."""

    company: str
    company_name: str
    role: str
    invited_by: str
    expires_at: datetime


def staff_of(actor: Actor) -> Staff:
    """The people of the company that the actor administers (three queries).

    :raises Refused: not acting as a company's administrator.
    """
    require(actor, Can.SEE_STAFF)
    company = actor.grant.company if actor.grant else ""
    return Staff(_members(actor, company), _invitations(company), _joins(company))


def _members(actor: Actor, company: str) -> tuple[Member, ...]:
    rows = Grant.objects.filter(
        company=company, state__in=LIVE_GRANT, superseded_at__isnull=True
    ).order_by("role", "approved_at", "id")
    columns = ("id", "person__name", "person__username", "role", "state", "approved_at")
    found = rows.values_list(*columns, "person_id", "company_id")[:_MOST]
    return tuple(_member(row, row[6] == actor.person) for row in found)


def _member(row: tuple[Any, ...], mine: bool) -> Member:
    return Member(*(*row, mine))


def _invitations(company: str) -> tuple[OpenInvitation, ...]:
    rows = Invitation.objects.filter(company=company, state=INVITATION.start)
    columns = ("id", "email", "role", "invited_by__name", "invited_at", "expires_at")
    now = clock.now()
    found = rows.order_by("-invited_at").values_list(*columns)[:_MOST]
    return tuple(OpenInvitation(*(*row, now >= row[5])) for row in found)


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
    found = next((one for one in staff_of(actor).members if one.grant == grant_id), None)
    if found is None:
        raise NoSuchGrant()
    return found


def waiting_grant(actor: Actor, grant_id: UUID) -> Member:
    """The actor's own role at a company, to be activated or active; `name` is the company's.

    :raises NoSuchGrant: not there, or not the actor's.
    """
    require(actor, Can.SEE_OWN)
    columns = ("id", "company__name", "person__username", "role", "state", "approved_at")
    rows = Grant.objects.filter(pk=grant_id, person=actor.who, company__isnull=False)
    found = rows.values_list(*columns, "person_id", "company_id").first()
    if found is None:
        raise NoSuchGrant()
    return _member(found, True)


def invitation_for(actor: Actor, token: str) -> InvitationView:
    """What a link offers, told only to the account of the address that it was mailed to.

    :raises NoSuchInvitation: no such link.
    :raises InvitationForAnother: the account's proven address is another one.
    :raises InvitationUsed, InvitationWithdrawn, InvitationExpired, InvitationVoid: it is over.
    """
    require(actor, Can.ACCEPT)
    row = invitation_at(token)
    if row is None:
        raise NoSuchInvitation()
    if not is_invited(row, address_of(actor)):
        raise InvitationForAnother()
    if (over := invitation_problem(row)) is not None:
        raise over
    return InvitationView(
        row.company_id, row.company.name, row.role, row.invited_by.name, row.expires_at
    )


def invitation_at(token: str, *, lock: bool = False) -> Invitation | None:
    """The row of a link, by the hash of its token."""
    if len(token) > _LONGEST_TOKEN:
        return None
    rows = Invitation.objects.select_related("company", "invited_by")
    if lock:
        rows = rows.select_for_update(of=("self",))
    hashed = sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
    return rows.filter(token_hash=hashed).first()


def address_of(actor: Actor) -> str:
    """The actor's proven address, or an empty text."""
    person = person_by_id(actor.who)
    return person.email if person.email_verified_at else ""


def is_invited(row: Invitation, email: str) -> bool:
    """Whether the link was mailed to this proven address."""
    return bool(email) and row.email.lower() == email.lower()


def invitation_problem(row: Invitation) -> Problem | None:
    """Why a link no longer works, if it does not."""
    if row.state == "accepted":
        return InvitationUsed()
    if row.state != INVITATION.start:
        return InvitationWithdrawn()
    if clock.now() >= row.expires_at:
        return InvitationExpired(days=(row.expires_at - row.invited_at).days)
    if row.invited_by_id not in holders(COMPANY_ADMIN, company=row.company_id):
        return InvitationVoid()
    return None
