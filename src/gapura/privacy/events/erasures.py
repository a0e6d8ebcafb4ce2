"""What is recorded of erasures; after one, the log tells that it was, and no value of it."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

ERASURE_ASKED = Event(
    "privacy.erasure.asked",
    N_("%(actor)s asked to be erased (%(subject)s); it can be undone until %(due_at)s"),
    needs=("due_at",),
    readers=Readers.PLATFORM,
)
ERASURE_DECLINED = Event(
    "privacy.erasure.declined",
    N_("%(actor)s asked to be erased, which a law forbids for now"),
    needs=("obstacles",),
    readers=Readers.PLATFORM,
)
ERASURE_UNDONE = Event(
    "privacy.erasure.undone",
    N_("The erasure %(subject)s was taken back"),
    needs=("by_link",),
    readers=Readers.PLATFORM,
)
ERASURE_REFUSED = Event(
    "privacy.erasure.refused",
    N_("%(actor)s refused the erasure %(subject)s"),
    needs=("reason",),
    personal=("reason",),
    readers=Readers.PLATFORM,
)
ERASURE_STOPPED = Event(
    "privacy.erasure.stopped",
    N_("The erasure %(subject)s was not carried out: a law ties the person to running work"),
    needs=("obstacles",),
    readers=Readers.PLATFORM,
)
ERASURE_CARRIED_OUT = Event(
    "privacy.erasure.carried_out",
    N_("The erasure %(subject)s was carried out; its certificate was made"),
    needs=("gone", "kept", "digest", "sha256"),
    optional=("name_until",),
    readers=Readers.PLATFORM,
)
CERTIFICATE_FETCHED = Event(
    "privacy.certificate.fetched",
    N_("The certificate of erasure %(subject)s was fetched"),
    readers=Readers.PLATFORM,
)
