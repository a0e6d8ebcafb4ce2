"""What the pages of access reviews say: tabs, places and lines in words."""

from typing import Any

from django.utils.translation import gettext as _

from gapura.access.queries import (
    OVERDUE,
    REMOVAL_REASONS,
    REVIEW_LEVELS,
    ROLES,
    STANDING_NAMES,
    LineRow,
    ReviewRow,
)
from gapura.kernel import clock
from gapura.kernel.texts import N_
from gapura.web.shell.display import day, moment, tr
from gapura.web.shell.states import REVIEW_LINES, REVIEWS

SYSTEM = N_("The system")
HERE = "/people/reviews"
TABS = {
    "mine": N_("For you to answer"),
    "open": N_("Waiting"),
    "answered": N_("Answered"),
    "unanswered": N_("Not confirmed in time"),
    "all": N_("All"),
}


def name_of(row: ReviewRow) -> str:
    """The agency, or the platform."""
    return row.agency_name or _("The platform")


def head_of(row: ReviewRow) -> dict[str, Any]:
    """A review in the list and at the head of its page."""
    state, color = REVIEWS[row.state]
    if row.is_late:
        state, color = N_("Late"), "red"
    return {
        "id": row.id,
        "href": f"{HERE}/{row.id}",
        "name": name_of(row),
        "state": tr(state),
        "color": color,
        "reason": tr(row.reason),
        "basis": row.basis,
        "due": day(row.due_on),
        "settles": day(row.settles_on),
        "overdue": tr(OVERDUE[row.overdue]),
        "by": row.opened_by or tr(SYSTEM),
        "opened": moment(row.opened_at),
        "ended": moment(row.ended_at) if row.ended_at else "",
        "total": row.total,
        "waiting": row.waiting,
        "mine": row.mine,
        "is_open": row.is_open,
        "is_late": row.is_late,
    }


def line_of(row: LineRow) -> dict[str, Any]:
    """One access in a review."""
    state, color = REVIEW_LINES[row.state]
    standing = "" if row.standing == "definitive" else tr(STANDING_NAMES[row.standing])
    return {
        "id": row.id,
        "name": row.name,
        "username": row.username,
        "role": tr(ROLES[row.role].name),
        "unit": row.unit_name,
        "standing": f"{standing}, {row.principal}" if row.principal else standing,
        "letter": row.letter,
        "until": day(row.until) if row.until else "",
        "since": day(clock.legal_day(row.activated_at)) if row.activated_at else "",
        "confirmed": day(clock.legal_day(row.confirmed_at)) if row.confirmed_at else "",
        "warnings": _warnings(row),
        "state": tr(state),
        "color": color,
        "where": waits_with(row),
        "by": row.decided_by,
        "at": moment(row.decided_at) if row.decided_at else "",
        "why": _why(row),
        "mine": row.mine,
    }


def _warnings(row: LineRow) -> list[str]:
    """What the one who answers should look at twice."""
    found = [tr(row.why)] if row.why and row.mine else []
    if row.elsewhere:
        found.append(_("The profile names another agency."))
    return found


def _why(row: LineRow) -> str:
    if not row.reason_code:
        return ""
    return f"{tr(REMOVAL_REASONS[row.reason_code])}. {row.reason}"


def waits_with(row: LineRow) -> str:
    """Who answers, at which level."""
    if row.level == "unit":
        return _("Head of %(unit)s") % {"unit": row.desk_name}
    return tr(REVIEW_LEVELS[row.level])
