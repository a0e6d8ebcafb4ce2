"""That somebody looked at what another person may do."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_

HOLDER_SHOWN = Event(
    "access.holder.shown",
    N_("%(actor)s looked at the access of %(subject)s"),
    optional=("permission", "place"),
)
