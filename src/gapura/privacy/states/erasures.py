"""The life of an erasure as a table."""

from gapura.kernel.states import Machine, Step
from gapura.privacy.events import erasures as events
from gapura.privacy.permissions import Can

COOLING = "cooling"
UNDONE, REFUSED, STOPPED, DONE = "undone", "refused", "stopped", "done"

ERASURE = Machine(
    name="privacy.erasure",
    start=COOLING,
    ends=frozenset({UNDONE, REFUSED, STOPPED, DONE}),
    states=(COOLING, UNDONE, REFUSED, STOPPED, DONE),
    steps=(
        Step("undo", COOLING, UNDONE, Can.UNDO_ERASURE, events.ERASURE_UNDONE.name),
        Step("refuse", COOLING, REFUSED, Can.REFUSE_ERASURE, events.ERASURE_REFUSED.name),
        # Something began meanwhile that the law ties the person to.
        Step("stop", COOLING, STOPPED, Can.CARRY_OUT_ERASURE, events.ERASURE_STOPPED.name),
        Step(
            "carry_out",
            COOLING,
            DONE,
            Can.CARRY_OUT_ERASURE,
            events.ERASURE_CARRIED_OUT.name,
            due="erasure.undo_hours",
        ),
    ),
)
