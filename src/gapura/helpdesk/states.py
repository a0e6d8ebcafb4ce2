"""The life of a case as a table."""

from gapura.helpdesk.permissions import Can
from gapura.kernel.states import Machine, Step

OPEN, ANSWERED, CLOSED = "open", "answered", "closed"

CASE = Machine(
    name="helpdesk.case",
    start=OPEN,
    ends=frozenset({CLOSED}),
    states=(OPEN, ANSWERED, CLOSED),
    steps=(
        Step("answer", OPEN, ANSWERED, Can.ANSWER, "helpdesk.case.answered"),
        Step("answer", ANSWERED, ANSWERED, Can.ANSWER, "helpdesk.case.answered"),
        Step("close", OPEN, CLOSED, Can.CLOSE, "helpdesk.case.closed"),
        Step("close", ANSWERED, CLOSED, Can.CLOSE, "helpdesk.case.closed"),
    ),
)
