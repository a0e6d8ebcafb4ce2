"""The factors beside the password, their strength, and what a code is for."""

from collections.abc import Mapping
from enum import StrEnum

RECOVERY_CODES = 10
PASSKEY_PURPOSES = ("sign_in", "second_factor", "step_up", "deed", "enroll")


class Method(StrEnum):
    """What can stand beside the password; a passkey can also stand alone."""

    PASSKEY = "passkey"
    TOTP = "totp"
    EMAIL_CODE = "email_code"
    RECOVERY_CODE = "recovery_code"
    PHONE_CODE = "phone_code"


# A backup code brings its owner back in, not to acts that bind money or people: it is paper that
# may have been copied, so it counts as the lower level until a new app is confirmed.
# A code by telephone only helps to choose a new password.
ACR_OF: Mapping[Method, int] = {
    Method.PASSKEY: 3,
    Method.TOTP: 2,
    Method.EMAIL_CODE: 1,
    Method.RECOVERY_CODE: 1,
    Method.PHONE_CODE: 1,
}
STRONGEST_FIRST = (Method.PASSKEY, Method.TOTP, Method.EMAIL_CODE, Method.RECOVERY_CODE)


class Purpose(StrEnum):
    """What a code by e-mail is for; a code works for nothing else."""

    CONFIRM_EMAIL = "confirm_email"
    SIGN_IN = "sign_in"
    CHANGE_EMAIL = "change_email"
    RESET = "reset"
    RESET_PHONE = "reset_phone"
    RECOVER = "recover"
