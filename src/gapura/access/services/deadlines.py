"""What the clock does: requests nobody answered go one level up, grants nobody activated lapse."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from gapura.access import events
from gapura.access.locks import hold
from gapura.access.models import AccessRequest, AccessRule, Grant
from gapura.access.permissions import Can
from gapura.access.queries.grants import holders
from gapura.access.queries.requests import SEALED
from gapura.access.roles import AGENCY_VERIFIER, PLATFORM_ADMIN, Level
from gapura.access.rules import due_at
from gapura.access.services.entries import Told, note_all
from gapura.access.services.grants import LAPSED, end, read_grants
from gapura.access.services.notices import tell, tell_all
from gapura.access.states import REQUEST, WAITING_REQUEST
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

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
    by_agency: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        tell(row.person, "request_escalated", row, due_at=new_due)
        by_agency[row.agency_id or ""].append(row.reference)
    for agency, references in by_agency.items():
        whom = holders(AGENCY_VERIFIER, agency)
        tell_all(whom, "request_escalated_agency", _QUEUE, references=references)
    everything = [reference for references in by_agency.values() for reference in references]
    whom = holders(PLATFORM_ADMIN)
    tell_all(whom, "request_escalated_platform", _QUEUE, references=everything, due_at=new_due)


def lapse_unactivated(*, actor: Actor) -> int:
    """End up to BATCH approved grants whose time to activate is over, and tell their people.

    They could not be activated any more before this ran: it only tidies up.

    :raises Refused: a person tried.
    """
    require(actor, Can.LAPSE)
    with transaction.atomic():
        days = AccessRule.value_at("activation_days", clock.today())
        rows = _unactivated(clock.now() - timedelta(days=days))
        end(actor, rows, "lapse", events.LAPSED, LAPSED)
        for row in rows:
            tell(row.person, "grant_lapsed", row, days=days)
        return len(rows)


def _unactivated(approved_before: datetime) -> list[Grant]:
    waiting = Grant.objects.filter(state="approved", approved_at__lte=approved_before)
    return read_grants(hold(waiting.order_by("id"), pass_by=True, most=BATCH))
