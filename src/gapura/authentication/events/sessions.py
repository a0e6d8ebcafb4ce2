"""Events of sessions: signing in, confirming once more, signing out."""

from gapura.audit.events import Durability, Event, Readers
from gapura.authentication.events.words import METHODS, REFUSALS, STEPS
from gapura.kernel.texts import N_

SIGNED_IN = Event(
    "authentication.session.signed_in",
    N_("%(actor)s signed in"),
    needs=("acr", "methods", "new_device"),
    words=METHODS,
)
SIGN_IN_FAILED = Event(
    "authentication.session.sign_in_failed",
    N_("A sign-in to the account %(subject)s was refused"),
    needs=("reason", "step"),
    words={"reason": REFUSALS, "step": STEPS},
    durability=Durability.BEFORE_REPLY,
)
SIGN_IN_UNKNOWN = Event(
    "authentication.session.sign_in_unknown",
    N_("A sign-in with a name that has no account was refused"),
    needs=("typed",),
    readers=Readers.PLATFORM,
    durability=Durability.BEFORE_REPLY,
)
STRENGTHENED = Event(
    "authentication.session.strengthened",
    N_("%(actor)s confirmed the sign-in once more"),
    needs=("acr", "methods"),
    words=METHODS,
)
SIGNED_OUT = Event("authentication.session.signed_out", N_("%(actor)s signed out"))
SIGNED_OUT_EVERYWHERE = Event(
    "authentication.session.signed_out_everywhere",
    N_("%(actor)s signed out on all devices"),
    needs=("sessions",),
)
SESSION_ENDED = Event(
    "authentication.session.ended",
    N_("%(actor)s ended a sign-in of %(subject)s"),
    needs=("sessions", "reason"),
    words={
        "reason": {
            "ended_by_owner": N_("By the owner of the account"),
            "desk": N_("By two administrators, for safety"),
        }
    },
)
GRANT_SWITCHED = Event(
    "authentication.session.grant_switched",
    N_("%(actor)s changed to another role"),
    needs=("role", "unit"),
)
