"""The state tables: a client's life, and that of a signing key."""

from gapura.kernel.states import Machine, Step
from gapura.sso import events
from gapura.sso.permissions import Can

ACTIVE, SUSPENDED, CLOSED = "active", "suspended", "closed"

CLIENT = Machine(
    name="sso.client",
    start=ACTIVE,
    ends=frozenset({CLOSED}),
    states=(ACTIVE, SUSPENDED, CLOSED),
    steps=(
        Step("suspend", ACTIVE, SUSPENDED, Can.SUSPEND_CLIENT, events.CLIENT_SUSPENDED.name),
        Step("restore", SUSPENDED, ACTIVE, Can.RESTORE_CLIENT, events.CLIENT_RESTORED.name),
        Step("close", ACTIVE, CLOSED, Can.CLOSE_CLIENT, events.CLIENT_CLOSED.name),
        Step("close", SUSPENDED, CLOSED, Can.CLOSE_CLIENT, events.CLIENT_CLOSED.name),
    ),
)

# `next` is published and does not sign yet, `past` is published and signs no more.
NEXT, CURRENT, PAST, RETIRED = "next", "current", "past", "retired"
PUBLISHED = (NEXT, CURRENT, PAST)

KEY = Machine(
    name="sso.key",
    start=NEXT,
    ends=frozenset({RETIRED}),
    states=(NEXT, CURRENT, PAST, RETIRED),
    steps=(
        Step("promote", NEXT, CURRENT, Can.ROTATE_KEY, events.KEY_ROTATED.name),
        Step("relieve", CURRENT, PAST, Can.ROTATE_KEY, events.KEY_ROTATED.name),
        Step("retire", PAST, RETIRED, Can.RETIRE_KEY, events.KEY_RETIRED.name),
        Step("retire", NEXT, RETIRED, Can.RETIRE_KEY, events.KEY_RETIRED.name),
    ),
)
