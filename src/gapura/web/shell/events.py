"""What is recorded about pages themselves."""

from gapura.audit.events import Durability, Event, Readers
from gapura.kernel.texts import N_

REFUSED = Event(
    "web.page.refused",
    N_("%(actor)s was refused the page %(path)s"),
    needs=("path", "permission", "missing", "status"),
    readers=Readers.AGENCY,
    durability=Durability.BEFORE_REPLY,
)
