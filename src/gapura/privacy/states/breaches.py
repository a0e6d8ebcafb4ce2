"""The life of an entry in the register of breaches as a table."""

from gapura.kernel.states import Machine, Step
from gapura.privacy.events import breaches as events
from gapura.privacy.permissions import Can

OPEN, CLOSED = "open", "closed"

BREACH = Machine(
    name="privacy.breach",
    start=OPEN,
    ends=frozenset({CLOSED}),
    states=(OPEN, CLOSED),
    steps=(
        Step("change", OPEN, OPEN, Can.CHANGE_BREACH, events.BREACH_CHANGED.name),
        Step("find_affected", OPEN, OPEN, Can.FIND_AFFECTED, events.BREACH_AFFECTED_FOUND.name),
        Step("tell_affected", OPEN, OPEN, Can.TELL_AFFECTED, events.BREACH_AFFECTED_TOLD.name),
        Step("report", OPEN, OPEN, Can.REPORT_BREACH, events.BREACH_REPORTED.name),
        Step(
            "warn",
            OPEN,
            OPEN,
            Can.WARN_OF_BREACH,
            events.BREACH_WARNED.name,
            due="breach.warn_hours",
        ),
        Step("close", OPEN, CLOSED, Can.CLOSE_BREACH, events.BREACH_CLOSED.name),
    ),
)
