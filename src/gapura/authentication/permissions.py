"""Names of what may be done in this room."""

from enum import StrEnum


class Can(StrEnum):
    """Permissions; the rules are in policy.py."""

    SIGN_IN = "authentication.session.start"
    STEP_UP = "authentication.session.strengthen"
    END_SESSION = "authentication.session.end"
    FORGET = "authentication.session.forget"
    SWITCH_GRANT = "authentication.session.switch_grant"
    SEE_SECURITY = "authentication.security.see"
    SET_PASSWORD = "authentication.password.set"  # noqa: S105 - a permission's name
    CHANGE_PASSWORD = "authentication.password.change"  # noqa: S105
    RESET_PASSWORD = "authentication.password.reset"  # noqa: S105
    ENROLL_TOTP = "authentication.totp.enroll"
    ISSUE_TOTP = "authentication.totp.issue"
    REMOVE_TOTP = "authentication.totp.remove"
    MAKE_RECOVERY_CODES = "authentication.recovery_codes.make"
    CHANGE_EMAIL = "authentication.email.change"
    CONFIRM_DEED = "authentication.deed.confirm"
    ISSUE_TOKEN = "authentication.token.issue"  # noqa: S105
    LIST_TOKENS = "authentication.token.list"
    REVOKE_TOKEN = "authentication.token.revoke"  # noqa: S105
    ASK_RECOVERY = "authentication.recovery.ask"
    LIST_RECOVERIES = "authentication.recovery.list"
    SEE_RECOVERY = "authentication.recovery.see"
    SEE_OWN_RECOVERY = "authentication.recovery.see_own"
    VOUCH_RECOVERY = "authentication.recovery.vouch"
    SECOND_RECOVERY = "authentication.recovery.second"
    REFUSE_RECOVERY = "authentication.recovery.refuse"
    HOLD_RECOVERY = "authentication.recovery.hold"
    OPEN_STOP_LINK = "authentication.recovery.open_stop_link"
    STOP_RECOVERY = "authentication.recovery.stop"
    LAPSE_RECOVERY = "authentication.recovery.lapse"
    TELL_RECOVERY = "authentication.recovery.tell"
    USE_RECOVERY = "authentication.recovery.use"
    LOCK_ACCOUNT = "authentication.account.lock"
    LIFT_LOCK = "authentication.account.unlock"
    DISAVOW = "authentication.account.disavow"
    TELL_PHONE = "authentication.account.tell_phone"
    SETTLE_FORM = "authentication.form.settle"
    ENROLL_PASSKEY = "authentication.passkey.enroll"
    RENAME_PASSKEY = "authentication.passkey.rename"
    REMOVE_PASSKEY = "authentication.passkey.remove"
    REPLACE_PASSWORD = "authentication.password.replace"  # noqa: S105 - a permission's name
    POSTPONE_PASSWORD = "authentication.password.postpone"  # noqa: S105
    REQUIRE_PASSWORD = "authentication.password.require"  # noqa: S105
    SEE_RULES = "authentication.rule.see"
    SET_RULES = "authentication.rule.set"
    LIST_SUSPICIONS = "authentication.suspicion.list"
    SEE_SUSPICION = "authentication.suspicion.see"
    FIND_SUSPICION = "authentication.suspicion.find"
    PROPOSE_ACTION = "authentication.suspicion.propose"
    AGREE_ACTION = "authentication.suspicion.agree"
    DECLINE_ACTION = "authentication.suspicion.decline"
    DISMISS_SUSPICION = "authentication.suspicion.dismiss"
    CUT_SESSIONS = "authentication.suspicion.cut_sessions"
    SEE_LOCK = "authentication.lock.see"
    ASK_LIFT = "authentication.lock.ask_lift"
    KEEP_LOCK = "authentication.lock.keep"
