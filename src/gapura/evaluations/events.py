"""What is recorded about ratings. What a buyer typed stays apart and can be erased."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_

_SCORES = ("company", "quality", "cost", "time", "service")

RATED = Event(
    "evaluations.rating.rated",
    N_("%(actor)s rated the supplier of order %(subject)s"),
    needs=_SCORES,
    personal=("note",),
)
CHANGED = Event(
    "evaluations.rating.changed",
    N_("%(actor)s changed the rating of the supplier of order %(subject)s"),
    needs=_SCORES,
    personal=("note",),
)
