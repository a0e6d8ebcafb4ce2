"""What is recorded about cases. The words of question and answer stay out of the log."""

from gapura.audit.events import Event, Readers
from gapura.helpdesk.topics import TOPICS
from gapura.kernel.texts import N_

OPENED = Event(
    "helpdesk.case.opened",
    N_("%(actor)s asked for help (%(subject)s)"),
    needs=("topic",),
    readers=Readers.AGENCY,
    words={"topic": TOPICS},
)
ANSWERED = Event(
    "helpdesk.case.answered",
    N_("%(actor)s answered the request for help %(subject)s"),
    needs=("length",),
    readers=Readers.AGENCY,
)
CLOSED = Event(
    "helpdesk.case.closed",
    N_("%(actor)s closed the request for help %(subject)s"),
    readers=Readers.AGENCY,
)
