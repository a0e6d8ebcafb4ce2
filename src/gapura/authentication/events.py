"""What this room writes into the log. Names without an account are kept as keyed hashes."""

from gapura.audit.events import Durability, Event, Readers
from gapura.kernel.texts import N_

_METHODS = {
    "methods": {
        "password": N_("Password"),
        "totp": N_("Authenticator app"),
        "email_code": N_("Code in the e-mail"),
        "recovery_code": N_("Backup code"),
    }
}
_STEPS = {
    "password": N_("Password"),
    "second_factor": N_("Second factor"),
    "confirm_email": N_("Confirm e-mail"),
    "reset_code": N_("New password: the code in the e-mail"),
    "reset_factor": N_("New password: your second factor"),
    "step_up": N_("Confirm that it is you"),
    "change": N_("Change the password"),
    "change_email": N_("Change your e-mail address"),
}
_PURPOSES = {
    "confirm_email": N_("Confirm e-mail"),
    "sign_in": N_("Sign in"),
    "change_email": N_("Change your e-mail address"),
    "reset": N_("New password"),
}
# Why a sign-in was refused is recorded as the name of the problem.
_REFUSALS = {
    "password": N_("The password was wrong"),
    "WrongCredentials": N_("The password was wrong"),
    "WrongCode": N_("The code is not right."),
    "CodeUsed": N_("This code has already been used. A code works only once."),
    "CodeExpired": N_("This code has expired. A code works for 10 minutes."),
    "CodeDead": N_("This code was entered wrongly five times and no longer works."),
    "CodeReplaced": N_("This code was replaced by a newer one."),
    "NoCodeHere": N_(
        "No code was asked for in this browser. A code works only in the browser that asked."
    ),
    "WrongAppCode": N_("The code from the authenticator app is not right."),
    "AppCodeUsed": N_("This code from the authenticator app has already been used."),
    "WrongRecoveryCode": N_("The backup code is not right."),
    "RecoveryCodeUsed": N_("This backup code has already been used."),
}

SIGNED_IN = Event(
    "authentication.session.signed_in",
    N_("%(actor)s signed in"),
    needs=("acr", "methods", "new_device"),
    words=_METHODS,
)
SIGN_IN_FAILED = Event(
    "authentication.session.sign_in_failed",
    N_("A sign-in to the account %(subject)s was refused"),
    needs=("reason", "step"),
    words={"reason": _REFUSALS, "step": _STEPS},
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
    words=_METHODS,
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
    words={"reason": {"ended_by_owner": N_("By the owner of the account")}},
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
    words={"purpose": _PURPOSES},
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
DEED_CONFIRMED = Event(
    "authentication.deed.confirmed",
    N_("%(actor)s confirmed a document with the authenticator app (SHA-256 %(digest)s)"),
    needs=("digest", "deed", "method"),
    words={"method": _METHODS["methods"]},
)
DEED_REFUSED = Event(
    "authentication.deed.refused",
    N_("%(actor)s typed a code for a document that was not accepted"),
    needs=("digest", "deed", "reason"),
    words={"reason": _REFUSALS},
)
TOKEN_ISSUED = Event(
    "authentication.token.issued",
    N_("A token for a program was issued: %(subject)s"),
    needs=("scopes", "networks", "expires_at"),
    readers=Readers.PLATFORM,
)
TOKEN_REVOKED = Event(
    "authentication.token.revoked",
    N_("The token %(subject)s was revoked: %(reason)s"),
    needs=("reason",),
    readers=Readers.PLATFORM,
)
