"""What acts that cross rooms record, where no room of theirs can write into the log itself."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_

CALENDAR_REFRESHED = Event(
    "journeys.calendar.refreshed",
    N_("%(actor)s took over the official holidays of %(subject)s: %(added)s new, %(removed)s gone"),
    needs=("added", "removed", "reference", "result_hash"),
)
OFFBOARDED = Event(
    "journeys.offboarding.done",
    N_("%(actor)s ended all that %(subject)s held at the agency: %(grants)s accesses"),
    needs=("grants", "delegations", "requests", "claims", "identities", "orders", "reason"),
    personal=("reason",),
)
