"""What the clock does: requests nobody answered go one level up, grants nobody activated lapse."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from gapura.access import events
from gapura.access.locks import hold
from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.holders import holders
from gapura.access.queries.requests import SEALED
from gapura.access.queries.verifiers import verifiers_of
from gapura.access.roles import PLATFORM_ADMIN, Level
from gapura.access.rules import due_at
from gapura.access.services.entries import Told, note_all
from gapura.access.services.grants import LAPSED, end, read_grants
from gapura.access.services.notices import message, tell_all, tell_each
from gapura.access.states import REQUEST, WAITING_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.notifications.services import notify_many

BATCH = 200
# One place from every state that waits: the unpacking fails should the table ever disagree.
(ESCALATED_TO,) = {step.target for step in REQUEST.steps if step.verb == "escalate"}
_QUEUE = "/requests/queue"


def escalate_overdue(*, actor: Actor) -> int:
    """Move up to BATCH overdue requests one level up; answers how many.

    One statement moves them and frees their claims; each gets an event and a new deadline, and its
    applicant, the agency's verifiers and the platform's administrators are told. What already
    waits at the top stays there, marked late.

    :raises Refused: a person tried.
    """
    require(actor, Can.ESCALATE)
    with transaction.atomic():
        now = clock.now()
        rows = _overdue(now)
        if not rows:
            return 0
        hours = AccessRule.value_at("request_deadline_hours", clock.today())
        new_due = due_at(now, hours)
        AccessRequest.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=ESCALATED_TO,
            level=Level.PLATFORM,
            due_at=new_due,
            escalated_at=now,
            claimed_by=None,
            claimed_at=None,
        )
        note_all(actor, events.ESCALATED, [_told(row, new_due) for row in rows])
        _tell_everyone(rows, new_due)
        return len(rows)


def _told(row: AccessRequest, new_due: datetime) -> Told:
    old = row.due_at.isoformat() if row.due_at else ""
    step = REQUEST.step(row.state, "escalate")
    return row, step, {"due_at": old, "new_due_at": new_due.isoformat()}


def _overdue(now: datetime) -> list[AccessRequest]:
    late = AccessRequest.objects.filter(
        state__in=WAITING_REQUEST, level=Level.AGENCY, due_at__lte=now
    )
    held = hold(late.order_by("due_at"), pass_by=True, most=BATCH)
    rows = AccessRequest.objects.select_related("person", "agency", "unit").defer(*SEALED[:3])
    return list(rows.filter(pk__in=held).order_by("due_at"))


def _tell_everyone(rows: Sequence[AccessRequest], new_due: datetime) -> None:
    by_place: dict[tuple[str, str], list[str]] = defaultdict(list)
    notify_many(message(row.person, "request_escalated", row, due_at=new_due) for row in rows)
    for row in rows:
        by_place[row.agency_id or "", row.unit.path if row.unit else ""].append(row.reference)
    for (agency, path), references in by_place.items():
        whom = verifiers_of(agency, path)
        tell_all(whom, "request_escalated_agency", _QUEUE, references=references)
    everything = [reference for references in by_place.values() for reference in references]
    whom = holders(PLATFORM_ADMIN)
    tell_all(whom, "request_escalated_platform", _QUEUE, references=everything, due_at=new_due)


def remind_verifiers(*, actor: Actor) -> int:
    """Remind of up to BATCH requests whose time is running out; answers how many were.

    The rule `reminder_hours` says how many hours before the deadline; each step is told once, to
    whoever has taken the request, else to all who can decide it.

    :raises Refused: a person tried.
    """
    require(actor, Can.REMIND)
    steps = AccessRule.value_at("reminder_hours", clock.today())
    with transaction.atomic():
        now = clock.now()
        rows = _running_out(now, steps)
        AccessRequest.objects.filter(pk__in=[row.pk for row in rows]).update(reminded_at=now)
        by_reader: dict[UUID, list[AccessRequest]] = defaultdict(list)
        for row in rows:
            for person in _readers(row):
                by_reader[person].append(row)
        told = [
            (person, {"lines": [{"reference": r.reference, "due_at": r.due_at} for r in waiting]})
            for person, waiting in by_reader.items()
        ]
        tell_each(told, "requests_waiting", _QUEUE)
        return len(rows)


def _running_out(now: datetime, steps: Sequence[int]) -> list[AccessRequest]:
    due = Q()
    for hours in steps:
        span = timedelta(hours=hours)
        untold = Q(reminded_at__isnull=True) | Q(reminded_at__lt=F("due_at") - span)
        due |= Q(due_at__lte=now + span) & untold
    rows = AccessRequest.objects.filter(due, state__in=WAITING_REQUEST, due_at__gt=now)
    held = hold(rows.order_by("due_at"), pass_by=True, most=BATCH)
    full = AccessRequest.objects.select_related("unit").filter(pk__in=held)
    return list(full.order_by("due_at"))


def _readers(row: AccessRequest) -> list[UUID]:
    if row.claimed_by_id is not None:
        return [row.claimed_by_id]
    if row.level == Level.PLATFORM:
        return holders(PLATFORM_ADMIN)
    path = row.unit.path if row.unit else ""
    return [one for one in verifiers_of(row.agency_id or "", path) if one != row.person_id]


def lapse_unactivated(*, actor: Actor) -> int:
    """End up to BATCH approved grants whose time to activate is over, and tell their people.

    They could not be activated any more before this ran: it only tidies up.

    :raises Refused: a person tried.
    """
    require(actor, Can.LAPSE)
    with transaction.atomic():
        days = AccessRule.value_at("activation_days", clock.today())
        rows = _unactivated(clock.now() - timedelta(days=days))
        ids = end(actor, rows, "lapse", events.LAPSED, LAPSED)
        notify_many(
            message(row.person, "grant_lapsed", row, event=event, days=days)
            for row, event in zip(rows, ids, strict=True)
        )
        return len(rows)


def _unactivated(approved_before: datetime) -> list[Grant]:
    waiting = Grant.objects.filter(state="approved", approved_at__lte=approved_before)
    return read_grants(hold(waiting.order_by("id"), pass_by=True, most=BATCH))
