"""What is recorded of how people come to a company."""

from gapura.access.events.facts import NAMES
from gapura.audit.events import Event
from gapura.kernel.texts import N_

_STAFF = ("company", "role")
INVITED = Event(
    "access.invitation.sent",
    N_("%(actor)s invited somebody to the company %(company)s as %(role)s"),
    needs=_STAFF,
    optional=("duties",),
    words=NAMES,
)
INVITATION_WITHDRAWN = Event(
    "access.invitation.withdrawn",
    N_("%(actor)s withdrew an invitation to the company %(company)s as %(role)s"),
    needs=_STAFF,
    words=NAMES,
)
INVITATION_ACCEPTED = Event(
    "access.invitation.accepted",
    N_("%(actor)s accepted the invitation to the company %(company)s as %(role)s"),
    needs=(*_STAFF, "grant"),
    words=NAMES,
)
JOIN_ASKED = Event(
    "access.join.asked",
    N_("%(actor)s asked the company %(company)s to be admitted"),
    needs=("company",),
)
JOIN_ADMITTED = Event(
    "access.join.admitted",
    N_("%(actor)s admitted %(subject)s to the company %(company)s as %(role)s"),
    needs=(*_STAFF, "grant"),
    words=NAMES,
)
JOIN_REFUSED = Event(
    "access.join.refused",
    N_("%(actor)s did not admit %(subject)s to the company %(company)s"),
    needs=("company", "reason"),
    personal=("reason",),
)
JOIN_WITHDRAWN = Event(
    "access.join.withdrawn",
    N_("%(actor)s no longer asks to be admitted to the company %(company)s"),
    needs=("company",),
)
STAFF_CHANGED = Event(
    "access.staff.changed",
    N_("%(actor)s changed what %(subject)s may do in the company %(company)s"),
    needs=(*_STAFF, "duties", "was"),
    words=NAMES,
)
STAFF_DOWNLOADED = Event(
    "access.staff.downloaded",
    N_("%(actor)s downloaded the list of people of the company %(company)s (%(rows)s people)"),
    needs=("company", "rows", "format"),
)
