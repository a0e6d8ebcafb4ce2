"""What campaigns of verifying again, and those who do it, write into the activity log."""

from gapura.accounts.choices import AUDIENCES, CHANGES, CONSEQUENCES
from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

__all__ = [
    "CAMPAIGN_CANCELED",
    "CAMPAIGN_DRAFTED",
    "CAMPAIGN_ENDED",
    "CAMPAIGN_EXTENDED",
    "CAMPAIGN_PLANNED",
    "CAMPAIGN_STARTED",
    "CHANGE_REPORTED",
    "REVERIFIED",
]

_DAYS = ("starts_on", "due_on", "grace_days", "held_from", "consequence")

CAMPAIGN_DRAFTED = Event(
    "accounts.campaign.drafted",
    N_("%(actor)s prepared the campaign %(subject)s for verifying accounts again"),
    needs=("kind", "audience", "among", "reason", "basis", *_DAYS),
    readers=Readers.PLATFORM,
    words={"audience": AUDIENCES, "consequence": CONSEQUENCES},
)
CAMPAIGN_PLANNED = Event(
    "accounts.campaign.planned",
    N_("%(actor)s set the campaign %(subject)s to begin on %(starts_on)s"),
    needs=("starts_on",),
    readers=Readers.PLATFORM,
)
CAMPAIGN_STARTED = Event(
    "accounts.campaign.started",
    N_("The campaign %(subject)s began: %(people)s accounts are to be verified again"),
    needs=("people", "started_at"),
    readers=Readers.PLATFORM,
)
CAMPAIGN_EXTENDED = Event(
    "accounts.campaign.extended",
    N_("%(actor)s gave the campaign %(subject)s time until %(due_on)s"),
    needs=("due_on", "grace_days", "held_from", "reason"),
    readers=Readers.PLATFORM,
)
CAMPAIGN_CANCELED = Event(
    "accounts.campaign.canceled",
    N_("%(actor)s canceled the campaign %(subject)s"),
    needs=("reason",),
    readers=Readers.PLATFORM,
)
CAMPAIGN_ENDED = Event(
    "accounts.campaign.ended",
    N_("The campaign %(subject)s ended: everybody has verified the account again"),
    needs=("people",),
    readers=Readers.PLATFORM,
)
CHANGE_REPORTED = Event(
    "accounts.reverification.reported",
    N_("%(subject)s has to verify the account again: %(change)s"),
    needs=("change", "due_on", "held_from", "campaign"),
    personal=("reason",),
    words={"change": CHANGES},
)
REVERIFIED = Event(
    "accounts.reverification.confirmed",
    N_("%(subject)s verified the account again"),
    needs=("outcome", "campaigns"),
    optional=("reference", "result_hash"),
)
