"""What is recorded about alerts, their rules and webhooks.

Entries about an alert are not shown to whoever it is about: an entry of one's own life would warn.
"""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

ALERT_TITLES = {
    "stranger": N_("Signs of a stranger in an account"),
    "new_network": N_("New device in a new network"),
    "mass_export": N_("Many exports by one person"),
    "mass_looking": N_("Many looks at other people's data"),
    "hasty_approval": N_("Decisions faster than one can read"),
    "unread_approval": N_("Approved without opening the letter"),
    "night_approval": N_("Decided at night"),
    "last_admin": N_("An agency without administrator"),
    "agency_besieged": N_("Refused sign-ins across an agency"),
    "names_guessed": N_("Names are being guessed"),
    "dormant_used": N_("A dormant account is used"),
    "granted_and_used": N_("A role is used at once"),
    "shared_device": N_("One device, many accounts"),
    "same_supplier": N_("The same supplier again and again"),
    "too_quick": N_("An order completed too quickly"),
    "log_health": N_("The log is not sealed as it should be"),
}
_RULE = {"rule": ALERT_TITLES}

RAISED = Event(
    "reports.alert.raised",
    N_("The rule “%(rule)s” raised an alert (%(subject)s)"),
    needs=("rule", "entries"),
    words=_RULE,
    readers=Readers.PLATFORM,
)
TAKEN = Event(
    "reports.alert.taken",
    N_("%(actor)s took alert %(subject)s to look into it"),
    needs=("rule",),
    words=_RULE,
    readers=Readers.PLATFORM,
)
EXPLAINED = Event(
    "reports.alert.explained",
    N_("%(actor)s found an innocent explanation for alert %(subject)s"),
    needs=("rule", "reason"),
    personal=("reason",),
    words=_RULE,
    readers=Readers.PLATFORM,
)
FOLLOWED_UP = Event(
    "reports.alert.followed_up",
    N_("%(actor)s acted on alert %(subject)s"),
    needs=("rule", "reason"),
    personal=("reason",),
    words=_RULE,
    readers=Readers.PLATFORM,
)
UPHELD = Event(
    "reports.alert.upheld",
    N_("%(actor)s made alert %(subject)s a finding"),
    needs=("rule", "reason"),
    personal=("reason",),
    words=_RULE,
    readers=Readers.PLATFORM,
)
REOPENED = Event(
    "reports.alert.reopened",
    N_("%(actor)s opened alert %(subject)s again"),
    needs=("rule", "reason"),
    personal=("reason",),
    words=_RULE,
    readers=Readers.PLATFORM,
)
CHANGED = Event(
    "reports.rule.changed",
    N_("%(actor)s changed the alert rule “%(rule)s” (%(scope)s)"),
    needs=("rule", "scope", "reason"),
    optional=("setting", "former_setting", "set_to"),
    personal=("reason",),
    words=_RULE,
    readers=Readers.PLATFORM,
)
REGISTERED = Event(
    "reports.webhook.registered",
    N_("%(actor)s registered the webhook %(subject)s, which is told of alerts"),
    needs=("host", "rules"),
    readers=Readers.PLATFORM,
)
CLOSED = Event(
    "reports.webhook.closed",
    N_("%(actor)s closed the webhook %(subject)s"),
    needs=("waiting",),
    readers=Readers.PLATFORM,
)
REPLAYED = Event(
    "reports.webhook.replayed",
    N_("%(actor)s had a message sent to the webhook %(subject)s again"),
    needs=("message",),
    readers=Readers.PLATFORM,
)
GIVEN_UP = Event(
    "reports.webhook.given_up",
    N_("A message to the webhook %(subject)s was given up after %(tries)s tries"),
    needs=("message", "tries", "fault"),
    readers=Readers.PLATFORM,
)
MONTH_MADE = Event(
    "reports.monthly.made",
    N_("The monthly report %(subject)s was made"),
    needs=("month", "checkpoint"),
)
MONTH_DOWNLOADED = Event(
    "reports.monthly.downloaded",
    N_("%(actor)s downloaded the monthly report %(subject)s"),
    needs=("month", "format"),
)
SUBSCRIBED = Event(
    "reports.monthly.subscribed",
    N_("%(actor)s asked for the monthly report (%(subject)s) by e-mail"),
)
UNSUBSCRIBED = Event(
    "reports.monthly.unsubscribed",
    N_("%(actor)s no longer gets the monthly report (%(subject)s) by e-mail"),
)
