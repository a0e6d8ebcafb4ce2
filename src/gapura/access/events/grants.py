"""What is recorded of grants: one event per step."""

from gapura.access.events.facts import GIVEN, HELD, NAMES, PLACE
from gapura.audit.events import Event
from gapura.kernel.texts import N_

ISSUED = Event(
    "access.grant.issued",
    N_("%(actor)s gave the role %(role)s to %(subject)s"),
    needs=PLACE,
    optional=("company", "duties", *GIVEN),
    words=HELD,
)
ACTIVATED = Event(
    "access.grant.activated",
    N_("%(actor)s activated the role %(role)s"),
    needs=PLACE,
    optional=("company",),
    words=NAMES,
)
LAPSED = Event(
    "access.grant.lapsed",
    N_("The role %(role)s of %(subject)s lapsed because it was not activated in time"),
    needs=PLACE,
    optional=("company",),
    words=NAMES,
)
SUSPENDED = Event(
    "access.grant.suspended",
    N_("%(actor)s suspended the role %(role)s of %(subject)s"),
    needs=(*PLACE, "reason"),
    optional=("company",),
    personal=("reason",),
    words=NAMES,
)
RESUMED = Event(
    "access.grant.resumed",
    N_("%(actor)s restored the role %(role)s of %(subject)s"),
    needs=PLACE,
    optional=("company",),
    words=NAMES,
)
REVOKED = Event(
    "access.grant.revoked",
    N_("%(actor)s ended the role %(role)s of %(subject)s"),
    needs=(*PLACE, "reason"),
    optional=("company",),
    personal=("reason",),
    words=NAMES,
)
DAYS_CHANGED = Event(
    "access.grant.days_changed",
    N_("%(actor)s changed the last day of the role %(role)s of %(subject)s to %(until)s"),
    needs=(*PLACE, "until", "was_until", "reason"),
    optional=("company",),
    personal=("reason",),
    words=NAMES,
)
HISTORY_LOOKED = Event(
    "access.history.looked",
    N_("%(actor)s asked who held the role %(role)s on %(day)s"),
    needs=(*PLACE, "day", "known", "found"),
    words=NAMES,
)
LEFT = Event(
    "access.grant.left",
    N_("%(actor)s gave up the role %(role)s at the company %(company)s"),
    needs=(*PLACE, "company"),
    optional=("reason",),
    personal=("reason",),
    words=NAMES,
)
