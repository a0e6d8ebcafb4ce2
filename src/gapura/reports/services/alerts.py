"""What people do with alerts: take one, say what came of it, open it again."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.accounts.queries import free_text_problem
from gapura.audit.events import Event
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import move
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems
from gapura.reports import events
from gapura.reports.errors import AnotherIsOpen, BadReason, NoSuchAlert
from gapura.reports.models import Alert
from gapura.reports.permissions import Can
from gapura.reports.services.telling import queue_messages
from gapura.reports.states import ALERT, OPEN

REASON_LEAST, REASON_MOST = 10, 500


def take_alert(*, actor: Actor, alert: UUID) -> None:
    """Look into an alert; another overseer may take it over. Taking it twice changes nothing.

    :raises NoSuchAlert: not there, another agency's, or about oneself.
    :raises Refused, NoSuchMove: it was decided on already.
    """
    with transaction.atomic():
        row = _load(actor, alert)
        require(actor, Can.TAKE_ALERT, row)
        if row.taken_by == actor.who:
            return
        move(ALERT, row, "take", taken_by=actor.who, taken_at=clock.now())
        _record(actor, events.TAKEN, row)


def explain_alert(*, actor: Actor, alert: UUID, reason: str) -> None:
    """There is an innocent explanation.

    :raises NoSuchAlert, Refused, NoSuchMove: as in `take_alert`.
    :raises FieldProblems: no reason of 10 to 500 characters.
    """
    with transaction.atomic():
        row, decision = _decide(actor, alert, Can.EXPLAIN_ALERT, reason)
        move(ALERT, row, "explain", **decision)
        _record(actor, events.EXPLAINED, row, reason=row.reason)
        queue_messages(row, "alert.disposed")


def follow_up_alert(*, actor: Actor, alert: UUID, reason: str) -> None:
    """Something was done about it.

    :raises NoSuchAlert, Refused, NoSuchMove, FieldProblems: as in `explain_alert`.
    """
    with transaction.atomic():
        row, decision = _decide(actor, alert, Can.FOLLOW_UP_ALERT, reason)
        move(ALERT, row, "follow_up", **decision)
        _record(actor, events.FOLLOWED_UP, row, reason=row.reason)
        queue_messages(row, "alert.disposed")


def uphold_alert(*, actor: Actor, alert: UUID, reason: str) -> None:
    """It is a finding: a rule was broken.

    :raises NoSuchAlert, Refused, NoSuchMove, FieldProblems: as in `explain_alert`.
    """
    with transaction.atomic():
        row, decision = _decide(actor, alert, Can.UPHOLD_ALERT, reason)
        move(ALERT, row, "uphold", **decision)
        _record(actor, events.UPHELD, row, reason=row.reason)
        queue_messages(row, "alert.disposed")


def reopen_alert(*, actor: Actor, alert: UUID, reason: str) -> None:
    """What was said of it does not hold: it is raised again, and nobody has it.

    :raises NoSuchAlert, FieldProblems: as in `explain_alert`.
    :raises NoSuchMove: it is open.
    :raises AnotherIsOpen: a newer alert about the same subject is.
    """
    with transaction.atomic():
        row = _load(actor, alert)
        require(actor, Can.REOPEN_ALERT, row)
        reason = sound_reason(reason)
        nobody: dict[str, Any] = {
            "taken_by": None, "taken_at": None, "decided_by": None, "decided_at": None,
            "reason": None,
        }  # fmt: skip
        _demand_no_other(row)
        move(ALERT, row, "reopen", **nobody)
        _record(actor, events.REOPENED, row, reason=reason)
        queue_messages(row, "alert.reopened")


DISPOSALS: dict[str, Callable[..., None]] = {
    "explain": explain_alert,
    "follow_up": follow_up_alert,
    "uphold": uphold_alert,
}


def sound_reason(text: str) -> str:
    """A reason without needless blanks.

    :raises FieldProblems: not 10 to 500 characters, or with signs that cannot be seen.
    """
    text = " ".join(text.split())
    if not REASON_LEAST <= len(text) <= REASON_MOST:
        raise FieldProblems({"reason": BadReason(least=REASON_LEAST, most=REASON_MOST)})
    if problem := free_text_problem(text, REASON_MOST):
        raise FieldProblems({"reason": problem})
    return text


def _load(actor: Actor, alert: UUID) -> Alert:
    row = Alert.objects.select_for_update().filter(pk=alert).first()
    if row is None or not may(actor, Can.SEE_ALERT, row):
        raise NoSuchAlert()
    return row


def _decide(
    actor: Actor, alert: UUID, permission: str, reason: str
) -> tuple[Alert, dict[str, Any]]:
    row = _load(actor, alert)
    require(actor, permission, row)
    said = sound_reason(reason)
    return row, {"decided_by": actor.who, "decided_at": clock.now(), "reason": said}


def _demand_no_other(row: Alert) -> None:
    """One open alert about a subject is enough: the newer one goes on."""
    others = Alert.objects.filter(rule=row.rule, subject=row.subject, state__in=OPEN)
    if others.exclude(pk=row.pk).exists():
        raise AnotherIsOpen()


def _record(actor: Actor, event: Event, row: Alert, **facts: object) -> None:
    record(
        actor,
        event,
        Subject("alert", str(row.id), row.reference),
        facts={"rule": row.rule, **facts},
        agency=row.agency,
    )
