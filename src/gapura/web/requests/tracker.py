"""The status tracker: what happened, what happens now and what comes, as lines of a timeline."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from gapura.access.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    MOMENTS,
    REJECTION_REASONS,
    Moment,
    RequestView,
)
from gapura.kernel.texts import N_
from gapura.web.shell.display import left, moment, tr

_ENDS = {"rejected", "withdrawn"}

CHECK = N_("A verifier checks the request")
DECIDE = N_("Decision")
ACTIVATE = N_("You activate the access")

# What happens now and what is still to come, by the request's state.
_NOW = {
    "draft": N_("Complete the request and send it in"),
    "submitted": N_("Waiting for a verifier"),
    "in_review": N_("A verifier is checking the request"),
    "needs_correction": N_("Correct the request and send it in again"),
}
_TO_COME: dict[str, tuple[str, ...]] = {
    "draft": (CHECK, DECIDE, ACTIVATE),
    "submitted": (CHECK, DECIDE, ACTIVATE),
    "in_review": (DECIDE, ACTIVATE),
    "needs_correction": (CHECK, DECIDE, ACTIVATE),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One step as `parts.timeline` shows it; `status` is done, current, next or stopped."""

    title: str
    status: str
    facts: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tracker:
    """The lines, and the deadline in words (empty when nobody has to answer)."""

    lines: tuple[Line, ...]
    deadline: str = field(default="")


def tracker(view: RequestView, now: datetime) -> Tracker:
    """The lines of one request, in the active language and the unit's zone."""
    deadline = deadline_words(view.due_at, now, view.place.zone)
    # Whoever checks it now is the present step, not a past one.
    past = [each for each in view.timeline if each.kind != "claimed"]
    lines = [_past(view, each) for each in past]
    return Tracker((*lines, *_now(view, deadline), *_to_come(view)), deadline)


def deadline_words(due: datetime | None, now: datetime, zone: str) -> str:
    """How long is left until when, or since when it is late; empty without a deadline."""
    if due is None:
        return ""
    remaining, until = left(due, now), moment(due, zone)
    if remaining:
        return _("%(left)s left, until %(until)s") % {"left": remaining, "until": until}
    return _("Late since %(until)s") % {"until": until}


def _past(view: RequestView, each: Moment) -> Line:
    when = moment(each.at, view.place.zone)
    facts = (when, each.by) if each.by else (when,)
    status = "stopped" if each.kind in _ENDS else "done"
    return Line(tr(MOMENTS[each.kind]), status, facts, _why(view, each))


def _why(view: RequestView, each: Moment) -> str:
    if each.kind == "rejected":
        return f"{tr(REJECTION_REASONS[view.reason_code])}. {view.reason}"
    if each.kind == "correction_asked":
        before = [s for s in view.submissions if s.submitted_at <= each.at]
        asked = before[-1].corrections if before else ()
        return "; ".join(
            f"{tr(CORRECTABLE[c.field])}: {tr(CORRECTION_REASONS[c.reason_code])}" for c in asked
        )
    return ""


def _now(view: RequestView, deadline: str) -> tuple[Line, ...]:
    if view.state in _NOW:
        facts = tuple(
            fact
            for fact in (deadline, view.claimed_by_name if view.state == "in_review" else "")
            if fact
        )
        return (Line(tr(_NOW[view.state]), "current", facts),)
    if view.grant_state == "approved":
        return (Line(tr(ACTIVATE), "current"),)
    return ()


def _to_come(view: RequestView) -> tuple[Line, ...]:
    return tuple(Line(tr(text), "next") for text in _TO_COME.get(view.state, ()))
