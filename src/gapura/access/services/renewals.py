"""Asking to go on: a request that follows an access whose end is near, or past."""

from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.errors import NoSuchGrant, NotRenewable, RenewalTooEarly, RenewedAlready
from gapura.access.models import AccessRequest, Grant
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.queries.renewals import kind_now, last_day, opens_on, renewed_by
from gapura.access.roles import ROLES, Level
from gapura.access.services.drafting import save_row, set_level
from gapura.access.services.entries import facts_of, note
from gapura.access.services.grants import locked
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


def begin_renewal(*, actor: Actor, grant_id: UUID) -> UUID:
    """Begin a request that follows an own access; answers its id.

    Role and place stay; only the new letter is asked for. Before the last day it is a renewal, from
    `renewal_opens_days` on; after it a reactivation.

    :raises NoSuchGrant: not there, or not the actor's.
    :raises Refused: the account is not in use.
    :raises NotRenewable: it was ended, never activated, delegated, or has no last day.
    :raises RenewedAlready: another grant follows it.
    :raises RenewalTooEarly: its end is not near yet.
    :raises AlreadyOpen: there is an open request for the same role and place.
    """
    with transaction.atomic():
        rows = locked([grant_id])
        if not rows or rows[0].person_id != actor.person:
            raise NoSuchGrant()
        grant = rows[0]
        require(actor, Can.RENEW, grant)
        _refuse(grant)
        row = AccessRequest(
            person_id=grant.person_id,
            role=grant.role,
            agency_id=grant.agency_id or _appointing(grant),
            unit_id=grant.unit_id,
            company_id=grant.company_id,
            standing=grant.standing,
            principal_id=grant.principal_id,
            kind=kind_now(grant),
            follows=grant,
            created_at=clock.now(),
            level=Level.AGENCY,
        )
        set_level(row)
        save_row(row)
        note(actor, events.DRAFTED, row, **facts_of(row))
        return row.id


def _appointing(grant: Grant) -> str | None:
    """A platform role is held nowhere; its letter says which agency appointed."""
    return grant.letter.agency_id if grant.letter is not None else None


def _refuse(grant: Grant) -> None:
    last = last_day(grant)
    whole = grant.superseded_at is None and grant.rests_on_id is None
    asked_for = grant.role in ROLES and ROLES[grant.role].requestable
    if grant.state != "active" or last is None or not (whole and asked_for):
        raise NotRenewable()
    if renewed_by(grant.id):
        raise RenewedAlready()
    opens = opens_on(last)
    if clock.today(place_of(grant).zone) < opens:
        raise RenewalTooEarly(day=opens.isoformat())
