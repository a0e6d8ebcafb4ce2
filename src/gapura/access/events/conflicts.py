"""What is recorded of roles that exclude each other, and of delegations."""

from gapura.access.events.facts import HELD, NAMES, PLACE
from gapura.audit.events import Event
from gapura.kernel.texts import N_

_ROLES = {**NAMES, "other": NAMES["role"]}
_FOUND = (*PLACE, "other", "rule", "severity")

CONFLICT_FOUND = Event(
    "access.finding.found",
    N_("Two roles of %(subject)s exclude each other: %(role)s and %(other)s (%(rule)s)"),
    needs=_FOUND,
    words=_ROLES,
)
CONFLICT_CLEARED = Event(
    "access.finding.cleared",
    N_("Two roles of %(subject)s no longer exclude each other: %(role)s and %(other)s (%(rule)s)"),
    needs=_FOUND,
    words=_ROLES,
)
CONFLICT_ACCEPTED = Event(
    "access.finding.accepted",
    N_("%(actor)s accepted that %(subject)s holds %(role)s and %(other)s (%(rule)s)"),
    needs=(*_FOUND, "reason"),
    personal=("reason",),
    words=_ROLES,
)
DELEGATED = Event(
    "access.delegation.granted",
    N_("%(actor)s delegated the role %(role)s to %(subject)s from %(since)s until %(until)s"),
    needs=(*PLACE, "since", "until", "rests_on"),
    optional=("conflicts", "letter_id", "standing", "principal", "delegable"),
    words=HELD,
)
