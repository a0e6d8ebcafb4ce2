"""What is recorded of access reviews: the round itself, and each answer."""

from gapura.access.events.facts import NAMES, PLACE
from gapura.access.kinds import OVERDUE, REMOVAL_REASONS, REVIEW_LEVELS
from gapura.audit.events import Event
from gapura.kernel.texts import N_

_WHICH = ("review", *PLACE)
_WORDS = {
    **NAMES,
    "level": REVIEW_LEVELS,
    "was_level": REVIEW_LEVELS,
    "reason_code": REMOVAL_REASONS,
}

REVIEW_OPENED = Event(
    "access.review.opened",
    N_("%(actor)s opened the access review of %(subject)s; accesses: %(total)s"),
    needs=("agency", "total", "due_on", "settles_on", "overdue", "reason", "basis"),
    personal=("reason",),
    words={"overdue": OVERDUE},
)
REVIEW_EXTENDED = Event(
    "access.review.extended",
    N_("%(actor)s gave the access review of %(subject)s until %(due_on)s"),
    needs=("agency", "due_on", "was_due_on", "settles_on", "was_settles_on", "reason"),
    personal=("reason",),
)
REVIEW_CANCELLED = Event(
    "access.review.cancelled",
    N_("%(actor)s broke off the access review of %(subject)s"),
    needs=("agency", "reason"),
    personal=("reason",),
)
REVIEW_CLOSED = Event(
    "access.review.closed",
    N_("The access review of %(subject)s is over; confirmed: %(confirmed)s, ended: %(removed)s"),
    needs=("agency", "total", "confirmed", "removed", "gone", "unanswered"),
)
REVIEW_DOWNLOADED = Event(
    "access.review.downloaded",
    N_("%(actor)s downloaded the recap of the access review of %(subject)s"),
    needs=("agency", "format", "rows"),
)
LINE_CONFIRMED = Event(
    "access.review_line.confirmed",
    N_("%(actor)s confirmed the role %(role)s of %(subject)s in the access review"),
    needs=_WHICH,
    words=_WORDS,
)
LINE_REMOVED = Event(
    "access.review_line.removed",
    N_("%(actor)s ended the role %(role)s of %(subject)s in the access review"),
    needs=(*_WHICH, "reason_code", "reason"),
    personal=("reason",),
    words=_WORDS,
)
LINE_DROPPED = Event(
    "access.review_line.dropped",
    N_("The role %(role)s of %(subject)s ended while it was being reviewed"),
    needs=_WHICH,
    words=_WORDS,
)
LINE_ESCALATED = Event(
    "access.review_line.escalated",
    N_("Reviewing the role %(role)s of %(subject)s went one level up"),
    needs=(*_WHICH, "level", "was_level"),
    words=_WORDS,
)
LINE_KEPT = Event(
    "access.review_line.kept",
    N_("Nobody confirmed the role %(role)s of %(subject)s in the access review; it stays"),
    needs=_WHICH,
    words=_WORDS,
)
LINE_SUSPENDED = Event(
    "access.review_line.suspended",
    N_("Nobody confirmed the role %(role)s of %(subject)s in the access review; it is suspended"),
    needs=_WHICH,
    words=_WORDS,
)
LINE_LAPSED = Event(
    "access.review_line.lapsed",
    N_("Nobody confirmed the role %(role)s of %(subject)s in the access review; it ended"),
    needs=_WHICH,
    words=_WORDS,
)
