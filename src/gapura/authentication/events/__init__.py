"""What this room writes into the log, by noun. Names without an account are keyed hashes."""

from gapura.authentication.events.codes import (
    CODE_SENT,
    CODE_UNKNOWN,
)
from gapura.authentication.events.deeds import (
    DEED_CONFIRMED,
    DEED_REFUSED,
)
from gapura.authentication.events.factors import (
    RECOVERY_CODE_USED,
    RECOVERY_CODES_MADE,
    TOTP_ENROLLED,
    TOTP_REMOVED,
)
from gapura.authentication.events.passkeys import (
    PASSKEY_CLONED,
    PASSKEY_ENROLLED,
    PASSKEY_REMOVED,
    PASSKEY_RENAMED,
)
from gapura.authentication.events.passwords import (
    PASSWORD_CHANGED,
    PASSWORD_DEMANDED,
    PASSWORD_PUT_OFF,
    PASSWORD_REPLACED,
    PASSWORD_RESET,
    PASSWORD_SET,
    RULE_SET,
)
from gapura.authentication.events.recovery import (
    RECOVERY_ASKED,
    RECOVERY_HELD,
    RECOVERY_LAPSED,
    RECOVERY_READY,
    RECOVERY_REFUSED,
    RECOVERY_SECONDED,
    RECOVERY_STOPPED,
    RECOVERY_UNKNOWN,
    RECOVERY_USED,
    RECOVERY_VOUCHED,
    SLIP_REFUSED,
)
from gapura.authentication.events.safety import (
    ACCOUNT_LOCKED,
    ACCOUNT_UNLOCKED,
    BESIDE_OTHERS,
    DISAVOWED,
    FORM_KEPT,
    FORM_SETTLED,
    TURNED_AWAY,
)
from gapura.authentication.events.sessions import (
    GRANT_SWITCHED,
    SESSION_ENDED,
    SIGN_IN_FAILED,
    SIGN_IN_UNKNOWN,
    SIGNED_IN,
    SIGNED_OUT,
    SIGNED_OUT_EVERYWHERE,
    STRENGTHENED,
)
from gapura.authentication.events.tokens import (
    TOKEN_ISSUED,
    TOKEN_REVOKED,
)

__all__ = [
    "ACCOUNT_LOCKED",
    "ACCOUNT_UNLOCKED",
    "BESIDE_OTHERS",
    "CODE_SENT",
    "CODE_UNKNOWN",
    "DEED_CONFIRMED",
    "DEED_REFUSED",
    "DISAVOWED",
    "FORM_KEPT",
    "FORM_SETTLED",
    "GRANT_SWITCHED",
    "PASSKEY_CLONED",
    "PASSKEY_ENROLLED",
    "PASSKEY_REMOVED",
    "PASSKEY_RENAMED",
    "PASSWORD_CHANGED",
    "PASSWORD_DEMANDED",
    "PASSWORD_PUT_OFF",
    "PASSWORD_REPLACED",
    "PASSWORD_RESET",
    "PASSWORD_SET",
    "RECOVERY_ASKED",
    "RECOVERY_CODES_MADE",
    "RECOVERY_CODE_USED",
    "RECOVERY_HELD",
    "RECOVERY_LAPSED",
    "RECOVERY_READY",
    "RECOVERY_REFUSED",
    "RECOVERY_SECONDED",
    "RECOVERY_STOPPED",
    "RECOVERY_UNKNOWN",
    "RECOVERY_USED",
    "RECOVERY_VOUCHED",
    "RULE_SET",
    "SESSION_ENDED",
    "SIGNED_IN",
    "SIGNED_OUT",
    "SIGNED_OUT_EVERYWHERE",
    "SIGN_IN_FAILED",
    "SIGN_IN_UNKNOWN",
    "SLIP_REFUSED",
    "STRENGTHENED",
    "TOKEN_ISSUED",
    "TOKEN_REVOKED",
    "TOTP_ENROLLED",
    "TOTP_REMOVED",
    "TURNED_AWAY",
]
