"""What is written down of ways back to an account: asked, vouched for, stopped, used."""

from gapura.audit.events import Durability, Event, Readers
from gapura.kernel.texts import N_

_KINDS = {
    "vouched": N_("The agency vouches"),
    "operator": N_("The helpdesk vouches"),
    "mailbox": N_("Only the mailbox, with a wait"),
}
_STOPPED_BY = {
    "owner": N_("By the owner of the account"),
    "link": N_("By the link in a message to the owner"),
    "slip": N_("The code on the slip was wrong five times"),
    "vouched": N_("Somebody was seen face to face, so it was not needed any more"),
    "address": N_("The e-mail address was changed meanwhile, signed in"),
    "undone": N_("A change of the e-mail address was taken back"),
    "helper": N_("One of the two who stood for the person may no longer do so"),
}
_CHECKED = {
    "card": N_("I have seen the identity card"),
    "face": N_("The photo on the card shows this person"),
    "letter": N_("The person works in this agency, as a letter or the staff list shows"),
    "called": N_("I called back at a number that the agency or the account knew before"),
}

RECOVERY_ASKED = Event(
    "authentication.recovery.asked",
    N_("A way back to the account %(subject)s was asked for: %(reference)s"),
    needs=("reference", "way", "mailbox"),
    words={"way": _KINDS},
)
RECOVERY_UNKNOWN = Event(
    "authentication.recovery.unknown",
    N_("A way back was asked for a name that has no account"),
    needs=("typed",),
    readers=Readers.PLATFORM,
)
RECOVERY_VOUCHED = Event(
    "authentication.recovery.vouched",
    N_("%(actor)s vouched for %(subject)s, who lost every way to sign in: %(reference)s"),
    needs=("reference", "way", "checked", "reason", "registry", "result_hash", "new_address"),
    personal=("reason",),
    words={"way": _KINDS, "checked": _CHECKED},
)
RECOVERY_SECONDED = Event(
    "authentication.recovery.seconded",
    N_("%(actor)s agreed to the way back for %(subject)s: %(reference)s"),
    needs=("reference", "reason", "ready_at"),
    personal=("reason",),
)
RECOVERY_HELD = Event(
    "authentication.recovery.held",
    N_("A new password for %(subject)s waits: only the mailbox was proven (%(reference)s)"),
    needs=("reference", "ready_at"),
)
RECOVERY_REFUSED = Event(
    "authentication.recovery.refused",
    N_("%(actor)s refused the way back for %(subject)s: %(reference)s"),
    needs=("reference", "reason"),
    personal=("reason",),
)
RECOVERY_STOPPED = Event(
    "authentication.recovery.stopped",
    N_("The way back to the account %(subject)s was stopped: %(reference)s"),
    needs=("reference", "stopped_by"),
    words={"stopped_by": _STOPPED_BY},
)
RECOVERY_LAPSED = Event(
    "authentication.recovery.lapsed",
    N_("The way back to the account %(subject)s ended unused: %(reference)s"),
    needs=("reference",),
)
RECOVERY_READY = Event(
    "authentication.recovery.ready",
    N_("%(subject)s was told that the wait is over: %(reference)s"),
    needs=("reference",),
)
SLIP_REFUSED = Event(
    "authentication.recovery.slip_refused",
    N_("A wrong code of a slip was typed for the account %(subject)s: %(reference)s"),
    needs=("reference", "tries"),
    durability=Durability.BEFORE_REPLY,
)
RECOVERY_USED = Event(
    "authentication.recovery.used",
    N_("%(subject)s came back and chose a new password: %(reference)s"),
    needs=("reference", "way", "sessions_ended", "new_address"),
    optional=("factors", "factors_were"),
    words={"way": _KINDS},
)
