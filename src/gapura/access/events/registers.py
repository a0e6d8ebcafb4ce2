"""What is recorded of the register of decisions and of the filters that verifiers keep."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

REGISTER_DOWNLOADED = Event(
    "access.register.downloaded",
    N_("%(actor)s downloaded the register of requests of %(month)s (%(rows)s requests)"),
    needs=("month", "rows", "format"),
    optional=("agency", "unit", "role", "outcome"),
)
FILTER_SAVED = Event(
    "access.filter.saved",
    N_("%(actor)s kept a filter of the queue"),
    # People put whole names into a filter.
    personal=("name", "query"),
    readers=Readers.PERSON,
)
FILTER_DROPPED = Event(
    "access.filter.dropped",
    N_("%(actor)s deleted a filter of the queue"),
    personal=("name",),
    readers=Readers.PERSON,
)
