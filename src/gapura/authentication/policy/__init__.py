"""Who may do what with sign-in: its rules, registered by noun."""

from gapura.authentication.permissions import Can
from gapura.authentication.policy import (
    desk,
    factors,
    passwords,
    recovery,
    safety,
    sessions,
    tokens,
)
from gapura.kernel.holds import weigh
from gapura.kernel.permissions import Rules, register

RULES: Rules = {
    **sessions.RULES,
    **passwords.RULES,
    **factors.RULES,
    **tokens.RULES,
    **safety.RULES,
    **recovery.RULES,
    **desk.RULES,
}

register(RULES)
# Whoever is held can still keep the own account safe and sign in and out.
weigh(
    exempt={
        Can.SIGN_IN,
        Can.STEP_UP,
        Can.END_SESSION,
        Can.FORGET,
        Can.SWITCH_GRANT,
        Can.SET_PASSWORD,
        Can.CHANGE_PASSWORD,
        Can.RESET_PASSWORD,
        Can.ENROLL_TOTP,
        Can.ISSUE_TOTP,
        Can.REMOVE_TOTP,
        Can.MAKE_RECOVERY_CODES,
        Can.CHANGE_EMAIL,
        Can.CONFIRM_DEED,
        Can.REVOKE_TOKEN,
        Can.ASK_RECOVERY,
        Can.OPEN_STOP_LINK,
        Can.STOP_RECOVERY,
        Can.USE_RECOVERY,
        Can.DISAVOW,
        Can.TELL_PHONE,
        Can.SETTLE_FORM,
        Can.ENROLL_PASSKEY,
        Can.RENAME_PASSKEY,
        Can.REMOVE_PASSKEY,
        Can.REPLACE_PASSWORD,
        Can.POSTPONE_PASSWORD,
        Can.ASK_LIFT,
    },
    binding={
        Can.ISSUE_TOKEN,
        Can.VOUCH_RECOVERY,
        Can.SECOND_RECOVERY,
        Can.LIFT_LOCK,
        Can.SET_RULES,
        Can.AGREE_ACTION,
    },
)
