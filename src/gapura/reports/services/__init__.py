"""What others do with alerts: raise, take, dispose of, set the rules, and tell webhooks of them."""

from gapura.reports.services.alerts import (
    DISPOSALS,
    REASON_LEAST,
    REASON_MOST,
    explain_alert,
    follow_up_alert,
    reopen_alert,
    take_alert,
    uphold_alert,
)
from gapura.reports.services.raising import raise_alert
from gapura.reports.services.settings import change_rule
from gapura.reports.services.telling import mail_digest
from gapura.reports.services.watching import Run, watch
from gapura.reports.services.webhooks import (
    close_webhook,
    deliver,
    queue_due,
    register_webhook,
    replay_delivery,
)

__all__ = [
    "DISPOSALS",
    "REASON_LEAST",
    "REASON_MOST",
    "Run",
    "change_rule",
    "close_webhook",
    "deliver",
    "explain_alert",
    "follow_up_alert",
    "mail_digest",
    "queue_due",
    "raise_alert",
    "register_webhook",
    "reopen_alert",
    "replay_delivery",
    "take_alert",
    "uphold_alert",
    "watch",
]
