"""Delegating the duty of a verifier for some days, and taking it back."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.errors import (
    AlreadyHeld,
    BadDelegation,
    BadReason,
    NotDelegable,
    StandingTooLong,
)
from gapura.access.models import Grant
from gapura.access.permissions import Can
from gapura.access.queries.delegations import stray_delegations, visible_delegation
from gapura.access.queries.places import place_of
from gapura.access.roles import ROLES
from gapura.access.rules import REASON_AT_LEAST
from gapura.access.services.conflicts import refuse_conflicts
from gapura.access.services.entries import facts_of, given_by, note_begun
from gapura.access.services.grants import end, locked
from gapura.access.services.notices import tell_all
from gapura.access.states import GRANT, LIVE_GRANT
from gapura.accounts.queries import person_for_sign_in
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_

DELEGATE = "delegate"
GROUND_ENDED = N_("The role it was delegated from has ended.")
LONGEST_REASON = 300
_LIST = "/requests/delegations"
_NOBODY = N_("There is no verified officer of your agency with this username.")
_ONESELF = N_("You cannot delegate to yourself.")
_PAST = N_("The first day cannot lie in the past.")
_ORDER = N_("The last day cannot be before the first.")
_BEYOND = N_("Your own role ends before this day.")
_TOO_SHORT = N_("Write at least 10 characters, so that the other side understands why.")
_TOO_LONG = N_("Shorten this text.")


def delegate(*, actor: Actor, username: str, first: date, last: date) -> UUID:
    """Delegate the actor's duty to another officer of the agency; answers the id of the new grant.

    It reaches as far as the actor's own, begins when the delegate confirms it, not before `first`,
    and ends after `last` at the latest: with the actor's own grant and letter in any case. `first`
    and `last` are legal days in the zone of the place.

    :raises Refused: no such duty, or too weak a sign-in.
    :raises NotDelegable: the grant has ended or was itself delegated.
    :raises BadDelegation: by field: nobody of that name, impossible days.
    :raises RolesConflict: the law forbids it beside another role of the delegate.
    :raises AlreadyHeld: the delegate already verifies here on some of these days.
    """
    require(actor, Can.DELEGATE)
    with transaction.atomic():
        own = _own(actor)
        to = _officer(actor, own, username)
        valid = _days(own, first, last)
        _refuse(actor, own, to.id, valid)
        grant = _create(own, to.id, valid)
        note_begun(actor, events.DELEGATED, grant, **facts_of(grant), **given_by(grant))
        _tell(
            grant, to.id, "duty_delegated", f"{_LIST}/{grant.id}/confirm", since=first, until=last
        )
        return grant.id


def _own(actor: Actor) -> Grant:
    assert actor.grant is not None  # noqa: S101 - the permission asked for it
    rows = locked([actor.grant.id])
    if not rows or rows[0].state != "active" or not rows[0].delegable:
        raise NotDelegable()
    return rows[0]


def _officer(actor: Actor, own: Grant, username: str) -> Any:
    """A verified officer of the agency; whether others exist is not told."""
    username = username.strip()
    found = person_for_sign_in(username) if "@" not in username else None
    if found is not None and found.id == actor.person:
        raise BadDelegation({"username": _ONESELF})
    fits = (
        found is not None
        and found.state == "verified"
        and found.agency == own.agency_id
        and found.kind in ROLES[own.role].kinds
    )
    if not fits:
        raise BadDelegation({"username": _NOBODY})
    return found


def _days(own: Grant, first: date, last: date) -> DateRange:
    problems = {}
    if first < clock.today(place_of(own).zone):
        problems["first"] = _PAST
    if last < first:
        problems["last"] = _ORDER
    ends = [own.valid.upper, own.letter.valid.upper if own.letter else None]
    if any(end is not None and end <= last for end in ends):
        problems["last"] = _BEYOND
    if problems:
        raise BadDelegation(problems)
    return DateRange(first, last + timedelta(days=1))


def _refuse(actor: Actor, own: Grant, person_id: UUID, valid: DateRange) -> None:
    try:
        refuse_conflicts(
            actor,
            person_id,
            own.role,
            agency=own.agency_id,
            unit=own.unit_id,
            valid=valid,
            standing=DELEGATE,
            principal=own.person_id,
        )
    except StandingTooLong as problem:
        raise BadDelegation({"last": problem}) from problem


def _create(own: Grant, person_id: UUID, valid: DateRange) -> Grant:
    now = clock.now()
    try:
        with transaction.atomic():
            row = Grant.objects.create(
                person_id=person_id,
                role=own.role,
                agency_id=own.agency_id,
                unit_id=own.unit_id,
                letter_id=own.letter_id,
                standing=DELEGATE,
                principal_id=own.person_id,
                rests_on=own,
                approved_by_id=own.person_id,
                valid=valid,
                approved_at=now,
                recorded_at=now,
            )
    except IntegrityError as error:
        if "no_overlapping_grants" not in str(error):
            raise
        raise AlreadyHeld() from error
    return locked([row.id])[0]


def _tell(grant: Grant, person_id: UUID, template: str, link: str, **values: Any) -> None:
    values |= {"role": ROLES[grant.role].name, "place": place_of(grant).label}
    tell_all([person_id], template, link, **values)


def end_delegation(*, actor: Actor, grant_id: UUID, reason: str) -> None:
    """Take a delegation back, or give it back; at once. `reason` is told to the other side.

    :raises NoSuchDelegation, Refused: not visible, not allowed.
    :raises NoSuchMove: it has ended.
    :raises BadReason: under 10 or over 300 characters.
    """
    reason = reason.strip()
    with transaction.atomic():
        visible_delegation(actor, grant_id)
        grant = locked([grant_id])[0]
        require(actor, Can.END_DELEGATION, grant)
        if grant.state not in LIVE_GRANT:
            raise NoSuchMove()
        if not REASON_AT_LEAST <= len(reason) <= LONGEST_REASON:
            raise BadReason({"reason": _TOO_LONG if len(reason) > REASON_AT_LEAST else _TOO_SHORT})
        end(actor, [grant], "revoke", events.REVOKED, reason)
        others = {grant.person_id, grant.principal_id} - {actor.person}
        for person_id in others:
            if person_id is not None:
                _tell(grant, person_id, "delegation_ended", _LIST, reason=reason)


def end_stray_delegations(*, actor: Actor) -> int:
    """End delegations whose ground has ended; they had stopped working with it. A hundred at most.

    :raises Refused: a person tried.
    """
    require(actor, Can.SWEEP)
    with transaction.atomic():
        rows = [row for row in locked(stray_delegations()) if GRANT.step(row.state, "revoke")]
        end(actor, rows, "revoke", events.REVOKED, GROUND_ENDED)
        return len(rows)
