"""The life of a request about one's own data as a table."""

from gapura.audit.events import Event
from gapura.kernel.states import Machine, Step
from gapura.privacy.events import requests as events
from gapura.privacy.permissions import Can

RECEIVED, IN_REVIEW = "received", "in_review"
FULFILLED, REFUSED, WITHDRAWN = "fulfilled", "refused", "withdrawn"
OPEN = (RECEIVED, IN_REVIEW)
STATES = (*OPEN, FULFILLED, REFUSED, WITHDRAWN)
# The dated rows are one for each kind: `correction.hours` and so on.
_HOURS = "hours"


def _each(verb: str, target: str, can: Can, event: Event, due: str = "") -> tuple[Step, ...]:
    return tuple(Step(verb, state, target, can, event.name, due=due) for state in OPEN)


REQUEST = Machine(
    name="privacy.request",
    start=RECEIVED,
    ends=frozenset({FULFILLED, REFUSED, WITHDRAWN}),
    states=STATES,
    steps=(
        Step("take", RECEIVED, IN_REVIEW, Can.TAKE, events.REQUEST_TAKEN.name),
        *_each("fulfill", FULFILLED, Can.FULFILL, events.REQUEST_FULFILLED),
        *_each("refuse", REFUSED, Can.REFUSE, events.REQUEST_REFUSED),
        *_each("withdraw", WITHDRAWN, Can.WITHDRAW, events.REQUEST_WITHDRAWN),
        # Nobody answered in time: it goes to the officer, as one that nobody has taken on.
        *_each("escalate", RECEIVED, Can.ESCALATE, events.REQUEST_ESCALATED, _HOURS),
    ),
)
