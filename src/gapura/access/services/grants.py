"""What happens to a grant: issued by the system, activated, suspended, restored, ended."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.errors import ActivationTooLate, AlreadyHeld, NoSuchGrant
from gapura.access.locks import hold
from gapura.access.models import AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.rules import activation_ends
from gapura.access.services.entries import facts_of, note, note_all
from gapura.access.services.notices import tell
from gapura.access.states import GRANT
from gapura.audit.events import Event
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import may, require
from gapura.kernel.texts import N_

(ENDED,) = GRANT.ends
LAPSED = N_("It was not activated in time.")
_SEALED = ("person__nik", "person__nip", "person__phone")


def _locked(grant_ids: Iterable[UUID]) -> list[Grant]:
    # One order for everybody, so that two that end the same grants cannot wait for each other.
    held = hold(Grant.objects.filter(pk__in=list(grant_ids)).order_by("id"))
    return read_grants(held)


def read_grants(held: Iterable[UUID]) -> list[Grant]:
    """Locked grants with their people and places."""
    rows = Grant.objects.select_related("person", "agency", "unit", "company").defer(*_SEALED)
    return list(rows.filter(pk__in=list(held)).order_by("id"))


def issue_grant(
    *,
    actor: Actor,
    person_id: UUID,
    role: str,
    agency: str | None = None,
    unit: str | None = None,
    company: str | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> UUID:
    """Give a role without a request: the first administrator, and roles nobody applies for yet.

    Only for the system. The grant works at once; `valid_until` is the last day, None is open.

    :raises Refused: a person tried.
    :raises AlreadyHeld: a live grant covers some of the same days.
    """
    require(actor, Can.ISSUE)
    now = clock.now()
    after = None if valid_until is None else valid_until + timedelta(days=1)
    with transaction.atomic():
        try:
            with transaction.atomic():
                grant = Grant.objects.create(
                    person_id=person_id,
                    role=role,
                    agency_id=agency,
                    unit_id=unit,
                    company_id=company,
                    state="active",
                    valid=DateRange(valid_from or clock.today(), after),
                    approved_at=now,
                    activated_at=now,
                    recorded_at=now,
                )
        except IntegrityError as error:
            if "no_overlapping_grants" not in str(error):
                raise
            raise AlreadyHeld() from error
        note(actor, events.ISSUED, grant, **facts_of(grant))
        return grant.id


def activate_grant(*, actor: Actor, grant_id: UUID) -> None:
    """The person confirms an approved grant, signed in with a second factor; then it works.

    :raises NoSuchGrant: not there, or not the actor's.
    :raises Refused: the sign-in is too weak, or the account is not in use.
    :raises ActivationTooLate: rule `activation_days` is over, whether or not it was tidied up.
    :raises NoSuchMove: it is active already, or has ended.
    """
    with transaction.atomic():
        rows = _locked([grant_id])
        if not rows or rows[0].person_id != actor.person:
            raise NoSuchGrant()
        grant = rows[0]
        require(actor, Can.ACTIVATE, grant)
        now = clock.now()
        days = AccessRule.value_at("activation_days", clock.today())
        if grant.state == "approved" and now >= activation_ends(grant.approved_at, days):
            raise ActivationTooLate(days=days)
        step = move(GRANT, grant, "activate", activated_at=now)
        note(actor, events.ACTIVATED, grant, step, **facts_of(grant))
        tell(grant.person, "grant_activated", grant)


def suspend_grant(*, actor: Actor, grant_id: UUID, reason: str) -> None:
    """Stop a grant until it is restored; `reason` is told to the person.

    :raises NoSuchGrant, Refused, NoSuchMove: not visible, not allowed, not active.
    """
    with transaction.atomic():
        grant = _others(actor, Can.SUSPEND, [grant_id])[0]
        step = move(GRANT, grant, "suspend")
        note(actor, events.SUSPENDED, grant, step, **facts_of(grant), reason=reason)
        tell(grant.person, "grant_suspended", grant, reason=reason)


def resume_grant(*, actor: Actor, grant_id: UUID) -> None:
    """Let a suspended grant work again.

    :raises NoSuchGrant, Refused, NoSuchMove: not visible, not allowed, not suspended.
    """
    with transaction.atomic():
        grant = _others(actor, Can.RESUME, [grant_id])[0]
        step = move(GRANT, grant, "resume")
        note(actor, events.RESUMED, grant, step, **facts_of(grant))
        tell(grant.person, "grant_resumed", grant)


def revoke(*, actor: Actor, grants: Iterable[UUID], reason: str) -> int:
    """End any number of grants at once; answers how many were live. The others stay as they were.

    One statement ends them, one event tells of each, and `reason` is told to each person.

    :raises NoSuchGrant: one of them is not there, or not for this actor to see.
    :raises Refused: one of them is not for this actor to end.
    """
    with transaction.atomic():
        rows = _others(actor, Can.REVOKE, grants)
        live = [grant for grant in rows if GRANT.step(grant.state, "revoke")]
        end(actor, live, "revoke", events.REVOKED, reason)
        for grant in live:
            tell(grant.person, "grant_revoked", grant, reason=reason)
        return len(live)


def end(actor: Actor, rows: Sequence[Grant], verb: str, event: Event, reason: str) -> None:
    """End locked grants in one statement along `verb`, with one event each."""
    steps = [step for row in rows if (step := GRANT.step(row.state, verb))]
    if len(steps) != len(rows):
        raise NoSuchMove()
    Grant.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=ENDED, ended_at=clock.now(), end_reason=reason[:300]
    )
    extra = {"reason": reason} if "reason" in event.facts else {}
    told = [(row, step, facts_of(row) | extra) for row, step in zip(rows, steps, strict=True)]
    note_all(actor, event, told)


def _others(actor: Actor, can: Can, grant_ids: Iterable[UUID]) -> list[Grant]:
    """The locked rows, once the actor may do this to each of them.

    Somebody who could never decide on a grant does not learn that it exists.
    """
    wanted = set(grant_ids)
    rows = _locked(wanted)
    if len(rows) != len(wanted) or not all(may(actor, Can.SEE_GRANT, row) for row in rows):
        raise NoSuchGrant()
    for row in rows:
        require(actor, can, row)
    return rows
