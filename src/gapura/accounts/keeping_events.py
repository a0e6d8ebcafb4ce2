"""What the log says of accounts kept true: contacts taken back, profiles confirmed, doubles."""

from gapura.accounts.choices import ANSWERS, EVIDENCE
from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

__all__ = [
    "CONTACT_RESTORED",
    "DUPLICATE_ANNOUNCED",
    "DUPLICATE_ANSWERED",
    "DUPLICATE_ASKED",
    "DUPLICATE_CLOSED",
    "DUPLICATE_DIFFERENT",
    "DUPLICATE_FOUND",
    "DUPLICATE_GONE",
    "DUPLICATE_OBJECTED",
    "DUPLICATE_UPHELD",
    "PHONE_RESTORED",
    "PROFILE_CONFIRMED",
    "PROFILE_PUT_OFF",
]

CONTACT_RESTORED = Event(
    "accounts.contact.restored",
    N_("The e-mail address of %(subject)s was put back from the address before"),
    optional=("contact", "contact_were"),
    personal=("email",),
)
PHONE_RESTORED = Event(
    "accounts.phone.restored",
    N_("The telephone number of %(subject)s was put back from the contact before"),
    personal=("phone",),
)
PROFILE_CONFIRMED = Event(
    "accounts.profile.confirmed",
    N_("%(subject)s confirmed that the profile is still right"),
)
PROFILE_PUT_OFF = Event(
    "accounts.profile.put_off",
    N_("%(subject)s put off confirming the profile"),
    needs=("times", "until"),
)

_EVIDENCE = {"evidence": EVIDENCE}
# Who the two are stands in the label; only the platform reads it, not one about the other.
DUPLICATE_FOUND = Event(
    "accounts.duplicate.found",
    N_("Two accounts may be one person: %(subject)s (%(evidence)s)"),
    needs=("evidence", "score"),
    readers=Readers.PLATFORM,
    words=_EVIDENCE,
)
DUPLICATE_ASKED = Event(
    "accounts.duplicate.asked",
    N_("%(actor)s asked the owners of %(subject)s whether both accounts are theirs"),
    readers=Readers.PLATFORM,
)
DUPLICATE_ANSWERED = Event(
    "accounts.duplicate.answered",
    N_("%(actor)s answered whether two accounts are one person: %(answer)s"),
    needs=("answer",),
    words={"answer": ANSWERS},
)
DUPLICATE_ANNOUNCED = Event(
    "accounts.duplicate.announced",
    N_("%(actor)s announced that one of the accounts %(subject)s will be closed: %(closing)s"),
    needs=("closing", "object_until", "evidence"),
    personal=("reason",),
    readers=Readers.PLATFORM,
    words=_EVIDENCE,
)
DUPLICATE_OBJECTED = Event(
    "accounts.duplicate.objected",
    N_("%(actor)s objected to the closing of an account"),
    personal=("objection",),
)
DUPLICATE_UPHELD = Event(
    "accounts.duplicate.upheld",
    N_("%(actor)s turned down the objection about %(subject)s"),
    needs=("closing", "object_until"),
    personal=("reason",),
    readers=Readers.PLATFORM,
)
DUPLICATE_DIFFERENT = Event(
    "accounts.duplicate.different",
    N_("%(actor)s found %(subject)s to be different people"),
    personal=("reason",),
    readers=Readers.PLATFORM,
)
DUPLICATE_CLOSED = Event(
    "accounts.duplicate.closed",
    N_("%(actor)s closed one of the accounts %(subject)s as a double: %(closing)s"),
    needs=("closing",),
    readers=Readers.PLATFORM,
)
DUPLICATE_GONE = Event(
    "accounts.duplicate.gone",
    N_("One of the accounts %(subject)s was closed otherwise, so there is nothing to decide"),
    readers=Readers.PLATFORM,
)
