"""Events of the security desk: signs of a stranger, what is proposed, agreed to and declined.

What the desk thinks of an account is not shown to whoever sits in it: only what was done is.
"""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

SIGNS = {
    "travel": N_("Two sign-ins too far apart for the time between them"),
    "failures": N_("Many refused sign-ins"),
    "factors": N_("Several ways to sign in changed after a sign-in on a new device"),
    "disavowed": N_("The owner said: this was not me"),
    "new_country": N_("A sign-in from a country not seen before"),
    "cloned_key": N_("A passkey that somebody seems to have copied"),
}
REMEDIES = {
    "end_sessions": N_("End all sign-ins"),
    "lock": N_("Lock the account"),
    "new_password": N_("Demand a new password"),
    "suspend": N_("Suspend the account"),
}
_KINDS = {"sign": SIGNS}
_BOTH = {"sign": SIGNS, "action": REMEDIES}

SUSPICION_FOUND = Event(
    "authentication.suspicion.found",
    N_("Signs of a stranger in the account %(subject)s: %(sign)s"),
    needs=("sign", "entries"),
    words=_KINDS,
    readers=Readers.PLATFORM,
)
ACTION_PROPOSED = Event(
    "authentication.suspicion.proposed",
    N_("%(actor)s proposed for the account %(subject)s: %(action)s"),
    needs=("sign", "action", "reason"),
    personal=("reason",),
    words=_BOTH,
    readers=Readers.PLATFORM,
)
ACTION_DECLINED = Event(
    "authentication.suspicion.declined",
    N_("%(actor)s declined what was proposed for the account %(subject)s: %(action)s"),
    needs=("sign", "action", "reason"),
    personal=("reason",),
    words=_BOTH,
    readers=Readers.PLATFORM,
)
SUSPICION_SETTLED = Event(
    "authentication.suspicion.settled",
    N_("%(actor)s agreed, and it was done to the account %(subject)s: %(action)s"),
    needs=("sign", "action", "reason"),
    personal=("reason",),
    words=_BOTH,
)
SUSPICION_DISMISSED = Event(
    "authentication.suspicion.dismissed",
    N_("%(actor)s found nothing wrong with the account %(subject)s"),
    needs=("sign", "reason"),
    personal=("reason",),
    words=_KINDS,
    readers=Readers.PLATFORM,
)
SESSIONS_CUT = Event(
    "authentication.suspicion.sessions_cut",
    N_("%(actor)s alone ended all sign-ins of %(subject)s, in an emergency"),
    needs=("sessions", "reason"),
    personal=("reason",),
)
LIFT_ASKED = Event(
    "authentication.lock.lift_asked",
    N_("%(actor)s asked to open the account %(subject)s again"),
    needs=("reason",),
    personal=("reason",),
    readers=Readers.PLATFORM,
)
LOCK_KEPT = Event(
    "authentication.lock.kept",
    N_("%(actor)s left the account %(subject)s locked"),
    needs=("reason",),
    personal=("reason",),
    readers=Readers.PLATFORM,
)
