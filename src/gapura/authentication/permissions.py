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
