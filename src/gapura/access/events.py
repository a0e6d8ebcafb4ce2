"""What this room writes into the activity log: one event per step of a request and of a grant."""

from gapura.access.reasons import (
    ALL_CHECKS,
    CORRECTABLE,
    CORRECTION_REASONS,
    REJECTION_REASONS,
)
from gapura.access.roles import ROLES
from gapura.audit.events import Event
from gapura.kernel.texts import N_

_PLACE = ("role", "agency", "unit")
_NAMES = {"role": {code: role.name for code, role in ROLES.items()}}

DRAFTED = Event(
    "access.request.drafted",
    N_("%(actor)s prepared a request for the role %(role)s"),
    needs=_PLACE,
    words=_NAMES,
)
SUBMITTED = Event(
    "access.request.submitted",
    N_("%(actor)s submitted request %(subject)s for the role %(role)s"),
    needs=(*_PLACE, "number", "due_at"),
    words=_NAMES,
)
CLAIMED = Event("access.request.claimed", N_("%(actor)s took request %(subject)s to check it"))
RELEASED = Event("access.request.released", N_("%(actor)s gave request %(subject)s back"))
APPROVED = Event(
    "access.request.approved",
    N_("%(actor)s approved request %(subject)s for the role %(role)s"),
    needs=(*_PLACE, "grant"),
    optional=("checked",),
    words={**_NAMES, "checked": ALL_CHECKS},
)
CORRECTION_ASKED = Event(
    "access.request.correction_asked",
    N_("%(actor)s asked for corrections to request %(subject)s"),
    needs=("corrections",),
    words={"field": CORRECTABLE, "reason": CORRECTION_REASONS},
)
REJECTED = Event(
    "access.request.rejected",
    N_("%(actor)s rejected request %(subject)s"),
    needs=("reason_code", "reason"),
    personal=("reason",),
    words={"reason_code": REJECTION_REASONS},
)
WITHDRAWN = Event("access.request.withdrawn", N_("%(actor)s withdrew request %(subject)s"))
ESCALATED = Event(
    "access.request.escalated",
    N_("Request %(subject)s was not answered in time and went one level up"),
    needs=("due_at", "new_due_at"),
)
LETTER_VIEWED = Event(
    "access.letter.viewed",
    N_("%(actor)s looked at the letter of request %(subject)s"),
    needs=("document", "form"),
    words={"form": {"pictures": N_("Pictures of its pages"), "file": N_("The file itself")}},
)

ISSUED = Event(
    "access.grant.issued",
    N_("%(actor)s gave the role %(role)s to %(subject)s"),
    needs=_PLACE,
    optional=("company",),
    words=_NAMES,
)
ACTIVATED = Event(
    "access.grant.activated",
    N_("%(actor)s activated the role %(role)s"),
    needs=_PLACE,
    optional=("company",),
    words=_NAMES,
)
LAPSED = Event(
    "access.grant.lapsed",
    N_("The role %(role)s of %(subject)s lapsed because it was not activated in time"),
    needs=_PLACE,
    optional=("company",),
    words=_NAMES,
)
SUSPENDED = Event(
    "access.grant.suspended",
    N_("%(actor)s suspended the role %(role)s of %(subject)s"),
    needs=(*_PLACE, "reason"),
    optional=("company",),
    personal=("reason",),
    words=_NAMES,
)
RESUMED = Event(
    "access.grant.resumed",
    N_("%(actor)s restored the role %(role)s of %(subject)s"),
    needs=_PLACE,
    optional=("company",),
    words=_NAMES,
)
REVOKED = Event(
    "access.grant.revoked",
    N_("%(actor)s ended the role %(role)s of %(subject)s"),
    needs=(*_PLACE, "reason"),
    optional=("company",),
    personal=("reason",),
    words=_NAMES,
)

_STAFF = ("company", "role")
INVITED = Event(
    "access.invitation.sent",
    N_("%(actor)s invited somebody to the company %(company)s as %(role)s"),
    needs=_STAFF,
    words=_NAMES,
)
INVITATION_WITHDRAWN = Event(
    "access.invitation.withdrawn",
    N_("%(actor)s withdrew an invitation to the company %(company)s as %(role)s"),
    needs=_STAFF,
    words=_NAMES,
)
INVITATION_ACCEPTED = Event(
    "access.invitation.accepted",
    N_("%(actor)s accepted the invitation to the company %(company)s as %(role)s"),
    needs=(*_STAFF, "grant"),
    words=_NAMES,
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
    words=_NAMES,
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
