"""Changing the days of a grant: what was believed before stays behind as a superseded copy."""

from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.drafts import from_json
from gapura.access.errors import AlreadyHeld, DaysImpossible, NoSuchGrant
from gapura.access.models import Appointment, Grant
from gapura.access.permissions import Can
from gapura.access.queries.places import place_of
from gapura.access.services.conflicts import refuse_conflicts_of
from gapura.access.services.entries import facts_of, note
from gapura.access.services.grants import locked
from gapura.access.services.notices import tell
from gapura.access.states import LIVE_GRANT
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import may, require

# What a copy has in common with the record it preserves.
_KEPT = (
    "person_id",
    "role",
    "agency_id",
    "unit_id",
    "company_id",
    "duties",
    "letter_id",
    "standing",
    "principal_id",
    "rests_on_id",
    "follows_id",
    "delegable",
    "approved_by_id",
    "state",
    "valid",
    "approved_at",
    "activated_at",
    "recorded_at",
)


def change_days(*, actor: Actor, grant_id: UUID, last_day: date, reason: str) -> None:
    """Make `last_day` the last day of a live grant; its id stays, sessions and orders go on.

    The days as they were remain as a superseded copy, so that what was believed until now can
    still be told. An earlier end is one person's decision, like ending it at once; it is never in
    the past, where somebody may have acted. A later end gives back days that two people checked
    in a letter or a request, and never more; without such a paper nobody but the system adds days.

    :raises NoSuchGrant, Refused: not visible, not allowed.
    :raises NoSuchMove: it has ended.
    :raises DaysImpossible: before today or its first day, or after the last one that was checked.
    :raises AlreadyHeld: another live grant covers some of the new days.
    :raises RolesConflict, StandingTooLong: the law does not allow so many days.
    """
    with transaction.atomic():
        rows = locked([grant_id])
        if not rows or not may(actor, Can.SEE_GRANT, rows[0]):
            raise NoSuchGrant()
        grant = rows[0]
        require(actor, Can.CHANGE_DAYS, grant)
        if grant.state not in LIVE_GRANT or grant.superseded_at is not None:
            raise NoSuchMove()
        until = _last_day(grant)
        days = _days(actor, grant, last_day)
        refuse_conflicts_of(actor, grant, days)
        _set(grant, days)
        told = facts_of(grant) | {"until": last_day, "was_until": until, "reason": reason}
        event = note(actor, events.DAYS_CHANGED, grant, **told)
        tell(grant.person, "grant_days_changed", grant, event=event, until=last_day, reason=reason)


def _last_day(grant: Grant) -> date | None:
    end: date | None = grant.valid.upper
    return end - timedelta(days=1) if end else None


def _days(actor: Actor, grant: Grant, last_day: date) -> DateRange:
    first = max(grant.valid.lower, clock.today(place_of(grant).zone))
    after = last_day + timedelta(days=1)
    if last_day < first or after > _after_at_most(actor, grant):
        raise DaysImpossible()
    return DateRange(grant.valid.lower, after)


def _after_at_most(actor: Actor, grant: Grant) -> date:
    """The first day on which the grant cannot work whoever changes its days."""
    named = Appointment.objects.filter(grant=grant).values_list("valid", flat=True)
    checked: list[date] = [days.upper for days in named]
    if grant.letter is not None:
        checked.append(grant.letter.valid.upper)
    if grant.request is not None and (said := from_json(grant.request.letter_draft).complete):
        checked.append(said.day_after)
    if checked:
        return min(checked)
    own: date | None = grant.valid.upper
    return date.max if actor.system or own is None else own


def _set(grant: Grant, valid: DateRange) -> None:
    now = clock.now()
    # What nobody had activated nobody acted on: there is nothing to keep.
    if grant.activated_at is not None:
        kept = {name: getattr(grant, name) for name in _KEPT}
        Grant.objects.create(version_of=grant, superseded_at=now, **kept)
    try:
        with transaction.atomic():
            Grant.objects.filter(pk=grant.pk).update(valid=valid, recorded_at=now)
    except IntegrityError as error:
        if "no_overlapping_grants" not in str(error):
            raise
        raise AlreadyHeld() from error
    grant.valid, grant.recorded_at = valid, now
