"""Events of codes sent by e-mail."""

from gapura.audit.events import Event, Readers
from gapura.authentication.events.words import PURPOSES
from gapura.kernel.texts import N_

CODE_SENT = Event(
    "authentication.email_code.sent",
    N_("A code was sent to %(subject)s by e-mail"),
    needs=("purpose",),
    words={"purpose": PURPOSES},
)
CODE_UNKNOWN = Event(
    "authentication.email_code.unknown",
    N_("A code was asked for a name that has no account; none was sent"),
    needs=("typed",),
    readers=Readers.PLATFORM,
)
