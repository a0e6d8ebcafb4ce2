"""Tables of sign-in: what people sign in with, their browsers, programs' tokens, safety."""

from gapura.authentication.models.knowledge import (
    Passkey,
    PasskeyChallenge,
    Password,
    RecoveryCode,
    Totp,
)
from gapura.authentication.models.safety import (
    AccountLock,
    Hold,
    Recovery,
    SignInRule,
    Suspicion,
)
from gapura.authentication.models.sessions import (
    DeedProof,
    Device,
    Disavowal,
    EmailCode,
    KeptForm,
    Session,
)
from gapura.authentication.models.tokens import ServiceToken

__all__ = [
    "AccountLock",
    "DeedProof",
    "Device",
    "Disavowal",
    "EmailCode",
    "Hold",
    "KeptForm",
    "Passkey",
    "PasskeyChallenge",
    "Password",
    "Recovery",
    "RecoveryCode",
    "ServiceToken",
    "Session",
    "SignInRule",
    "Suspicion",
    "Totp",
]
