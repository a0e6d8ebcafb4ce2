"""What happens to a grant: issued by the system, activated, suspended, restored, ended."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from gapura.access import events
from gapura.access.duties import ALL, sorted_duties
from gapura.access.errors import AlreadyHeld, LastAdministrator, NoSuchGrant
from gapura.access.kinds import DEFINITIVE, may_be_delegated
from gapura.access.locks import hold, hold_companies_of
from gapura.access.models import Grant, GrantPause
from gapura.access.permissions import Can
from gapura.access.queries.administrators import administered_besides
from gapura.access.roles import COMPANY_ADMIN, COMPANY_STAFF
from gapura.access.services.conflicts import refuse_conflicts
from gapura.access.services.entries import facts_of, given_by, note, note_all, note_begun
from gapura.access.services.notices import message, tell
from gapura.access.services.standing import Where
from gapura.access.states import GRANT
from gapura.audit.events import Event
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove, move
from gapura.kernel.permissions import may, require
from gapura.kernel.texts import N_
from gapura.notifications.services import notify_many

(ENDED,) = GRANT.ends
LAPSED = N_("It was not activated in time.")
_SEALED = ("person__nik", "person__nip", "person__phone")


def locked(grant_ids: Iterable[UUID]) -> list[Grant]:
    """Grants with their people and places, held until the transaction ends."""
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
    duties: Collection[str] = ALL,
) -> UUID:
    """Give a role without a request: the first administrator, and roles nobody applies for yet.

    Only for the system. The grant works at once; `valid_until` is the last day, None is open.
    A company's staff get these `duties`, which other roles have not.

    :raises Refused: a person tried.
    :raises AlreadyHeld: a live grant covers some of the same days.
    :raises RolesConflict: the law forbids it beside another role of the person.
    """
    require(actor, Can.ISSUE)
    after = None if valid_until is None else valid_until + timedelta(days=1)
    valid = DateRange(valid_from or clock.today(), after)
    where: Where = {"agency": agency, "unit": unit, "company": company}
    with transaction.atomic():
        refuse_conflicts(actor, person_id, role, valid=valid, **where)
        grant = _issued(person_id, role, where, valid, duties)
        note_begun(actor, events.ISSUED, grant, **facts_of(grant), **given_by(grant))
        return grant.id


def _issued(
    person_id: UUID, role: str, where: Where, valid: DateRange, duties: Collection[str]
) -> Grant:
    now = clock.now()
    try:
        with transaction.atomic():
            return Grant.objects.create(
                person_id=person_id,
                role=role,
                agency_id=where["agency"],
                unit_id=where["unit"],
                company_id=where["company"],
                delegable=may_be_delegated(role, DEFINITIVE),
                duties=sorted_duties(duties) if role == COMPANY_STAFF else [],
                state="active",
                valid=valid,
                approved_at=now,
                activated_at=now,
                recorded_at=now,
            )
    except IntegrityError as error:
        if "no_overlapping_grants" not in str(error):
            raise
        raise AlreadyHeld() from error


def suspend_grant(*, actor: Actor, grant_id: UUID, reason: str) -> None:
    """Stop a grant until it is restored; `reason` is told to the person.

    :raises NoSuchGrant, Refused, NoSuchMove: not visible, not allowed, not active.
    """
    with transaction.atomic():
        grant = _others(actor, Can.SUSPEND, [grant_id])[0]
        step = move(GRANT, grant, "suspend")
        GrantPause.objects.create(grant=grant, since=clock.now(), reason=reason[:300])
        event = note(actor, events.SUSPENDED, grant, step, **facts_of(grant), reason=reason)
        tell(grant.person, "grant_suspended", grant, event=event, reason=reason)


def resume_grant(*, actor: Actor, grant_id: UUID) -> None:
    """Let a suspended grant work again.

    :raises NoSuchGrant, Refused, NoSuchMove: not visible, not allowed, not suspended.
    """
    with transaction.atomic():
        restore(actor, _others(actor, Can.RESUME, [grant_id])[0])


def restore(actor: Actor, grant: Grant) -> None:
    """Let a locked suspended grant work again, for whoever asked the permission of their own."""
    step = move(GRANT, grant, "resume")
    GrantPause.objects.filter(grant=grant, until__isnull=True).update(until=clock.now())
    event = note(actor, events.RESUMED, grant, step, **facts_of(grant))
    tell(grant.person, "grant_resumed", grant, event=event)


def revoke(*, actor: Actor, grants: Iterable[UUID], reason: str) -> int:
    """End any number of grants at once; answers how many were live. The others stay as they were.

    One statement ends them, one event tells of each, and `reason` is told to each person.

    :raises NoSuchGrant: one of them is not there, or not for this actor to see.
    :raises Refused: one of them is not for this actor to end.
    :raises LastAdministrator: a company would be left without any.
    """
    wanted = list(grants)
    with transaction.atomic():
        hold_companies_of(wanted)
        rows = _others(actor, Can.REVOKE, wanted)
        live = [grant for grant in rows if GRANT.step(grant.state, "revoke")]
        keep_administered(live)
        ids = end(actor, live, "revoke", events.REVOKED, reason)
        notify_many(
            message(grant.person, "grant_revoked", grant, event=event, reason=reason)
            for grant, event in zip(live, ids, strict=True)
        )
        return len(live)


def keep_administered(ending: Iterable[Grant]) -> None:
    """Refuse to end locked grants with which a company would lose its last administrator.

    The caller holds the companies. Without one nobody could admit, invite or cut off anybody
    there. Who is feared to misuse the role is suspended instead, which leaves the way of a new head
    open (`successions`).

    :raises LastAdministrator: that would happen.
    """
    rows = [row for row in ending if row.role == COMPANY_ADMIN]
    for code in sorted({row.company_id for row in rows if row.company_id}):
        if not administered_besides(code, [row.id for row in rows]):
            raise LastAdministrator()


def end(actor: Actor, rows: Sequence[Grant], verb: str, event: Event, reason: str) -> list[UUID]:
    """End locked grants in one statement along `verb`, with one event each; answers their ids."""
    steps = [step for row in rows if (step := GRANT.step(row.state, verb))]
    if len(steps) != len(rows):
        raise NoSuchMove()
    Grant.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=ENDED, ended_at=clock.now(), end_reason=reason[:300]
    )
    extra = {"reason": reason} if "reason" in event.facts else {}
    told = [(row, step, facts_of(row) | extra) for row, step in zip(rows, steps, strict=True)]
    return note_all(actor, event, told)


def _others(actor: Actor, can: Can, grant_ids: Iterable[UUID]) -> list[Grant]:
    """The locked rows, once the actor may do this to each of them.

    Somebody who could never decide on a grant does not learn that it exists.
    """
    wanted = set(grant_ids)
    rows = locked(wanted)
    if len(rows) != len(wanted) or not all(may(actor, Can.SEE_GRANT, row) for row in rows):
        raise NoSuchGrant()
    for row in rows:
        require(actor, can, row)
    return rows
