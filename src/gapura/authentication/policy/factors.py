"""Who may change factors and contacts: everybody their own, after a fresh proof."""

from gapura.authentication.permissions import Can
from gapura.authentication.policy.clauses import (
    came_by_recovery_code,
    has_a_strong_factor,
    has_no_strong_factor,
    holds_no_role,
    is_own,
    keeps_a_strong_factor,
)
from gapura.kernel.permissions import (
    Rule,
    Rules,
    is_signed_in,
    is_the_system,
    proved_recently,
    signed_in_strongly,
)

# The strong way first: whoever has an app or a passkey at hand is asked for it, not refused.
_ADD: tuple[Rule, ...] = (
    (is_signed_in, is_own, signed_in_strongly, proved_recently),
    (is_signed_in, is_own, has_no_strong_factor, proved_recently),
    (is_signed_in, is_own, came_by_recovery_code, proved_recently),
)
# Asked with the factors that are left afterwards.
_REMOVE: tuple[Rule, ...] = (
    (is_signed_in, is_own, keeps_a_strong_factor, signed_in_strongly, proved_recently),
    (is_signed_in, is_own, holds_no_role, signed_in_strongly, proved_recently),
)
RULES: Rules = {
    Can.SEE_SECURITY: ((is_signed_in,),),
    # The same two ways as in the accounts room, asked before anything is typed.
    Can.CHANGE_EMAIL: (
        (is_signed_in, is_own, signed_in_strongly, proved_recently),
        (is_signed_in, is_own, holds_no_role, proved_recently, has_no_strong_factor),
    ),
    Can.ENROLL_TOTP: _ADD,
    Can.ENROLL_PASSKEY: _ADD,
    Can.RENAME_PASSKEY: ((is_signed_in, is_own, proved_recently),),
    Can.REMOVE_PASSKEY: _REMOVE,
    Can.ISSUE_TOTP: ((is_the_system,),),
    Can.REMOVE_TOTP: _REMOVE,
    # The code or passkey given with the deed is the strong proof itself, however the sign-in was.
    Can.CONFIRM_DEED: ((is_signed_in, is_own, has_a_strong_factor),),
    Can.MAKE_RECOVERY_CODES: ((is_signed_in, is_own, signed_in_strongly, proved_recently),),
}
