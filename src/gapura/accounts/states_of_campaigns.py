"""The life of a campaign in which people verify their account again, as a table."""

from gapura.accounts import campaign_events as events
from gapura.accounts.permissions import Can
from gapura.kernel.states import Machine, Step

DRAFT, PLANNED, RUNNING = "draft", "planned", "running"
CANCELED, ENDED = "canceled", "ended"
OPEN_CAMPAIGN = (DRAFT, PLANNED, RUNNING)
CAMPAIGN_STATES = (*OPEN_CAMPAIGN, CANCELED, ENDED)

CAMPAIGN = Machine(
    name="accounts.campaign",
    start=DRAFT,
    ends=frozenset({CANCELED, ENDED}),
    states=CAMPAIGN_STATES,
    steps=(
        Step("plan", DRAFT, PLANNED, Can.START_CAMPAIGN, events.CAMPAIGN_PLANNED.name),
        Step("start", DRAFT, RUNNING, Can.START_CAMPAIGN, events.CAMPAIGN_STARTED.name),
        Step("start", PLANNED, RUNNING, Can.START_CAMPAIGN, events.CAMPAIGN_STARTED.name),
        Step("extend", RUNNING, RUNNING, Can.EXTEND_CAMPAIGN, events.CAMPAIGN_EXTENDED.name),
        Step("cancel", DRAFT, CANCELED, Can.CANCEL_CAMPAIGN, events.CAMPAIGN_CANCELED.name),
        Step("cancel", PLANNED, CANCELED, Can.CANCEL_CAMPAIGN, events.CAMPAIGN_CANCELED.name),
        Step("cancel", RUNNING, CANCELED, Can.CANCEL_CAMPAIGN, events.CAMPAIGN_CANCELED.name),
        Step("end", RUNNING, ENDED, Can.END_CAMPAIGN, events.CAMPAIGN_ENDED.name),
    ),
)
