"""Reads of delegated duties: what a person delegated, and what was delegated to them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from gapura.access.errors import NoSuchDelegation
from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.states import LIVE_GRANT
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, may, require

_MOST = 100
_SEALED = tuple(f"{who}__{n}" for who in ("person", "principal") for n in ("nik", "nip", "phone"))


@dataclass(frozen=True, slots=True)
class DelegationView:
    """One delegated duty: by whom to whom, where, from the first to the last day.

    `live` until it is ended; `waits` for the delegate to confirm it.
    """

    id: UUID
    role: str
    place: str
    by: str
    by_username: str
    to: str
    to_username: str
    since: date
    until: date
    state: str
    live: bool
    waits: bool
    is_mine: bool
    may_end: bool


@dataclass(frozen=True, slots=True)
class Delegations:
    """Given and received, newest first, 100 of each at most."""

    given: tuple[DelegationView, ...]
    received: tuple[DelegationView, ...]


def delegated() -> QuerySet[Grant]:
    """Grants that rest on another, with all that is shown of them."""
    rows = Grant.objects.filter(rests_on__isnull=False, superseded_at__isnull=True)
    joined = ("person", "principal", "agency", "unit", "company", "rests_on")
    return (
        rows.select_related(*joined).defer(*_SEALED, "unit__npwp").order_by("-approved_at", "-id")
    )


def own_delegations(actor: Actor) -> Delegations:
    """Both sides of the actor's (two queries)."""
    require(actor, Can.SEE_DELEGATIONS)
    given = delegated().filter(principal=actor.who)[:_MOST]
    received = delegated().filter(person=actor.who)[:_MOST]
    return Delegations(
        tuple(_view(actor, row) for row in given), tuple(_view(actor, row) for row in received)
    )


def delegation_for(actor: Actor, grant_id: UUID) -> DelegationView:
    """One delegation, for those who may end it and for its holder.

    :raises NoSuchDelegation: not there, or not for the actor.
    """
    return _view(actor, visible_delegation(actor, grant_id))


def delegation_to_confirm(actor: Actor, grant_id: UUID) -> DelegationView | None:
    """What waits for the actor to confirm it; None where there is nothing to confirm.

    :raises NoSuchDelegation: not there, or not for the actor.
    :raises Refused: confirming needs a stronger sign-in, or an account in good standing.
    """
    row = visible_delegation(actor, grant_id)
    view = _view(actor, row)
    if not view.waits or not view.is_mine:
        return None
    require(actor, Can.ACTIVATE, row)
    return view


def visible_delegation(actor: Actor, grant_id: UUID) -> Grant:
    """The row, for services too."""
    row = delegated().filter(pk=grant_id).first()
    if row is None:
        raise NoSuchDelegation()
    if actor.person is not None and actor.person in (row.person_id, row.principal_id):
        return row
    verdict = decide(actor, Can.END_DELEGATION, row)
    if verdict.only_needs_strength:
        raise Refused(verdict)
    if not verdict:
        raise NoSuchDelegation()
    return row


def last_deputy(actor: Actor) -> str:
    """The username of whom the actor delegated to last, to propose again; empty for nobody."""
    rows = Grant.objects.filter(rests_on__isnull=False, principal=actor.who)
    found = rows.order_by("-approved_at").values_list("person__username", flat=True).first()
    return found or ""


def stray_delegations() -> list[UUID]:
    """Live delegated grants whose own ground has ended: they no longer work, and are tidied up."""
    rows = Grant.objects.filter(
        Q(rests_on__state="revoked"),
        rests_on__isnull=False,
        state__in=LIVE_GRANT,
        superseded_at__isnull=True,
    )
    return list(rows.order_by("id").values_list("id", flat=True)[:_MOST])


def _view(actor: Actor, row: Grant) -> DelegationView:
    upper: Any = row.valid.upper
    ground: Any = row.rests_on
    live = row.state in LIVE_GRANT and ground.state != "revoked"
    principal: Any = row.principal
    return DelegationView(
        id=row.id,
        role=row.role,
        place=place_of(row).label,
        by=principal.name,
        by_username=principal.username,
        to=row.person.name,
        to_username=row.person.username,
        since=row.valid.lower,
        until=upper - timedelta(days=1),
        state=row.state,
        live=live,
        waits=live and row.state == "approved",
        is_mine=row.person_id == actor.person,
        may_end=live and may(actor, Can.END_DELEGATION, row),
    )
