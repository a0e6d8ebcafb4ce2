"""The timeline of an order: what happened, what happens now, what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from gapura.kernel.texts import N_
from gapura.purchasing.queries import OrderView
from gapura.web.orders.words import deadline
from gapura.web.shell.display import left, moment, tr

_STOPPED = frozenset(
    {"cancel_negotiation", "reject", "reject_signing", "decline", "discard", "lapse"}
    | {"grant_cancel"}
)
REVIEW = N_("The commitment officer reviews and signs")
ANSWER = N_("The supplier accepts the order")
DELIVERY = N_("The goods are delivered and checked")
HANDOVER = N_("Both sides sign the handover record")
PAYMENT = N_("The treasurer pays")
_WAY = (REVIEW, ANSWER, DELIVERY, HANDOVER, PAYMENT)
# How much of the way is still to come after the present step.
_LEFT = {
    "draft": 5,
    "on_negotiation": 5,
    "waiting_ppk_review": 4,
    "esign_in_progress": 4,
    "waiting_seller_confirmation": 3,
    "on_process:preparing": 3,
    "on_process:mismatched": 3,
    "on_process:shipped": 2,
    "on_process:arrived": 1,
    "on_process:handover_signed": 1,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step as `parts.timeline` shows it; `status` is done, current, next or stopped."""

    title: str
    status: str
    facts: tuple[str, ...] = ()
    note: str = ""


def timeline(view: OrderView, now: datetime) -> tuple[Line, ...]:
    """The lines in the active language and the unit's zone."""
    return (*_past(view), *_present(view, now), *_to_come(view))


def until(view: OrderView, now: datetime) -> str:
    """How long is left until when; empty without a deadline."""
    due = view.next.due
    if due is None:
        return ""
    remaining, at = left(due, now), deadline(due, view.zone)
    if remaining:
        return _("%(left)s left, until %(until)s") % {"left": remaining, "until": at}
    return _("The time was over at: %(until)s") % {"until": at}


def _past(view: OrderView) -> list[Line]:
    return [
        Line(
            tr(each.what),
            "stopped" if each.verb in _STOPPED else "done",
            tuple(fact for fact in (moment(each.at, view.zone), each.person) if fact),
            _why(each.reason, each.note),
        )
        for each in view.moments
    ]


def _why(reason: str, note: str) -> str:
    said = tr(reason)
    return f"{said}: {note}" if said and note else said or note


def _present(view: OrderView, now: datetime) -> tuple[Line, ...]:
    if not view.next.verb:
        return ()
    facts = tuple(fact for fact in (tr(view.next.who), until(view, now)) if fact)
    return (Line(tr(view.next.what), "current", facts),)


def _to_come(view: OrderView) -> tuple[Line, ...]:
    stage = view.state
    if view.delivery is not None and stage == "on_process":
        stage = f"{stage}:{view.delivery.state}"
    count = _LEFT.get(stage, 0)
    return tuple(Line(tr(text), "next") for text in _WAY[len(_WAY) - count :])
