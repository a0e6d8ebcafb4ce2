"""The life of an alert as a table: raised, looked at by somebody, and what came of it."""

from gapura.kernel.states import Machine, Step
from gapura.reports.permissions import Can

RAISED, TAKEN = "raised", "taken"
EXPLAINED, FOLLOWED_UP, UPHELD = "explained", "followed_up", "upheld"
OPEN = (RAISED, TAKEN)
DISPOSED = (EXPLAINED, FOLLOWED_UP, UPHELD)
# What was worth being told of: the share of these among all that were disposed of is the precision.
WORTH = (FOLLOWED_UP, UPHELD)

_WAYS_OUT = (
    ("explain", EXPLAINED, Can.EXPLAIN_ALERT, "reports.alert.explained"),
    ("follow_up", FOLLOWED_UP, Can.FOLLOW_UP_ALERT, "reports.alert.followed_up"),
    ("uphold", UPHELD, Can.UPHOLD_ALERT, "reports.alert.upheld"),
)

ALERT = Machine(
    name="reports.alert",
    start=RAISED,
    ends=frozenset(),
    states=(RAISED, TAKEN, EXPLAINED, FOLLOWED_UP, UPHELD),
    steps=(
        Step("take", RAISED, TAKEN, Can.TAKE_ALERT, "reports.alert.taken"),
        Step("take", TAKEN, TAKEN, Can.TAKE_ALERT, "reports.alert.taken"),
        *(
            Step(verb, source, target, permission, event)
            for source in OPEN
            for verb, target, permission, event in _WAYS_OUT
        ),
        *(
            Step("reopen", source, RAISED, Can.REOPEN_ALERT, "reports.alert.reopened")
            for source in DISPOSED
        ),
    ),
)
