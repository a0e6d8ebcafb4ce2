"""What this room writes into the log. Names without an account are kept as keyed hashes."""

from gapura.audit.events import Durability, Event, Readers
from gapura.kernel.texts import N_

SIGNED_IN = Event(
    "authentication.session.signed_in",
    N_("%(actor)s signed in"),
    needs=("acr", "methods", "new_device"),
)
SIGN_IN_FAILED = Event(
    "authentication.session.sign_in_failed",
    N_("A sign-in to the account %(subject)s was refused"),
    needs=("reason", "step"),
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
)
GRANT_SWITCHED = Event(
    "authentication.session.grant_switched",
    N_("%(actor)s changed to another role"),
    needs=("role", "unit"),
)
CODE_SENT = Event(
    "authentication.email_code.sent",
    N_("A code was sent to %(subject)s by e-mail"),
    needs=("purpose",),
)
CODE_UNKNOWN = Event(
    "authentication.email_code.unknown",
    N_("A code was asked for a name that has no account; none was sent"),
    needs=("typed",),
    readers=Readers.PLATFORM,
)
PASSWORD_SET = Event(
    "authentication.password.set", N_("The first password of %(subject)s was chosen")
)
PASSWORD_CHANGED = Event(
    "authentication.password.changed",
    N_("%(actor)s chose a new password"),
    needs=("sessions_ended",),
)
PASSWORD_RESET = Event(
    "authentication.password.was_reset",
    N_("The password of %(subject)s was reset by e-mail"),
    needs=("sessions_ended", "second_factor"),
)
TOTP_ENROLLED = Event(
    "authentication.totp.enrolled",
    N_("%(actor)s added an authenticator app"),
    needs=("replaced",),
)
TOTP_REMOVED = Event("authentication.totp.removed", N_("%(actor)s removed the authenticator app"))
RECOVERY_CODES_MADE = Event(
    "authentication.recovery_codes.made",
    N_("%(actor)s made new backup codes"),
    needs=("count",),
)
RECOVERY_CODE_USED = Event(
    "authentication.recovery_codes.used",
    N_("%(subject)s used a backup code"),
    needs=("left",),
)
