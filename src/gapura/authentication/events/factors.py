"""Events of the authenticator app and the backup codes."""

from gapura.audit.events import Event
from gapura.kernel.texts import N_

TOTP_ENROLLED = Event(
    "authentication.totp.enrolled",
    N_("%(actor)s added an authenticator app"),
    needs=("replaced",),
    optional=("factors", "factors_were"),
)
TOTP_REMOVED = Event(
    "authentication.totp.removed",
    N_("%(actor)s removed the authenticator app"),
    optional=("factors", "factors_were"),
)
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
FACTORS_ERASED = Event(
    "authentication.factors.erased",
    N_("%(actor)s erased the authenticator app and the passkeys of %(subject)s"),
    needs=("factors", "factors_were"),
)
