"""What is recorded of breaches: numbers and times; whom they concern stands in the register."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

_P = Readers.PLATFORM

BREACH_ENTERED = Event(
    "privacy.breach.entered",
    N_("%(actor)s entered the breach of personal data %(subject)s"),
    needs=("found_at", "due_at", "classes"),
    readers=_P,
)
BREACH_CHANGED = Event(
    "privacy.breach.changed",
    N_("%(actor)s changed what is known of the breach %(subject)s"),
    needs=("fields",),
    readers=_P,
)
BREACH_AFFECTED_FOUND = Event(
    "privacy.breach.affected_found",
    N_("%(actor)s looked for people whom the breach %(subject)s concerns: %(added)s more"),
    needs=("way", "value", "added"),
    optional=("since", "until"),
    readers=_P,
)
BREACH_AFFECTED_TOLD = Event(
    "privacy.breach.affected_told",
    N_("%(actor)s has the people told whom the breach %(subject)s concerns: %(people)s"),
    needs=("people",),
    readers=_P,
)
BREACH_REPORTED = Event(
    "privacy.breach.reported",
    N_("%(actor)s wrote down that the breach %(subject)s was reported to the authority"),
    needs=("reported_at", "number"),
    readers=_P,
)
BREACH_WARNED = Event(
    "privacy.breach.warned",
    N_("The hours to tell of the breach %(subject)s are running out; the officers were told"),
    needs=("due_at",),
    readers=_P,
)
BREACH_CLOSED = Event(
    "privacy.breach.closed",
    N_("%(actor)s closed the breach %(subject)s"),
    needs=("reason",),
    readers=_P,
)
