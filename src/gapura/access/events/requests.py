"""What is recorded of requests: one event per step."""

from gapura.access.events.facts import GIVEN, HELD, NAMES, PLACE
from gapura.access.reasons import (
    ALL_CHECKS,
    CORRECTABLE,
    CORRECTION_REASONS,
    REJECTION_REASONS,
)
from gapura.audit.events import Event
from gapura.kernel.texts import N_

DRAFTED = Event(
    "access.request.drafted",
    N_("%(actor)s prepared a request for the role %(role)s"),
    needs=PLACE,
    optional=("company",),
    words=NAMES,
)
SUBMITTED = Event(
    "access.request.submitted",
    N_("%(actor)s submitted request %(subject)s for the role %(role)s"),
    needs=(*PLACE, "number", "due_at"),
    optional=("company",),
    words=NAMES,
)
CLAIMED = Event("access.request.claimed", N_("%(actor)s took request %(subject)s to check it"))
RELEASED = Event("access.request.released", N_("%(actor)s gave request %(subject)s back"))
APPROVED = Event(
    "access.request.approved",
    N_("%(actor)s approved request %(subject)s for the role %(role)s"),
    needs=(*PLACE, "grant"),
    optional=("company", "checked", "conflicts", *GIVEN),
    words={**HELD, "checked": ALL_CHECKS},
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
WITHDRAWN = Event(
    "access.request.withdrawn",
    N_("%(actor)s withdrew request %(subject)s"),
    personal=("reason",),
)
FOLLOWED = Event(
    "access.request.followed",
    N_("Request %(subject)s went along when its unit was merged into %(successor)s"),
    needs=("unit_before", "successor"),
)
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
