"""Pages of one's own account."""

from gapura.access import permissions as access
from gapura.accounts import permissions as accounts
from gapura.audit import permissions as audit
from gapura.authentication.permissions import Can
from gapura.notifications import permissions as notifications
from gapura.sso import permissions as sso
from gapura.web.account import (
    access_list,
    activity,
    applications,
    backup_codes,
    confirm,
    duplicate,
    edit,
    email,
    email_code,
    grant,
    identity,
    identity_check,
    identity_document,
    notices,
    passkey_new,
    passkeys,
    password,
    password_reminder,
    password_required,
    phone,
    phone_code,
    profile,
    recovery,
    rights,
    security,
    totp,
    totp_remove,
    why,
)
from gapura.web.account.again_urls import AGAIN
from gapura.web.account.data_urls import DATA
from gapura.web.shell.pages import Page, View

_BOTH = ("GET", "POST")
_POST = ("POST",)


def _factor(
    route: str, view: View, permission: str, methods: tuple[str, ...] = ("GET",), name: str = ""
) -> Page:
    """A page about factors: the permission is asked together with what the person has."""
    return Page(f"account/{route}", view, permission, methods, on_object=True, name=name)


def _phone(route: str, view: View, methods: tuple[str, ...], name: str) -> Page:
    """A page about the telephone: what the person has decides how strongly one must be in."""
    can = accounts.Can.CHANGE_PHONE
    return Page(f"account/{route}", view, can, methods, on_object=True, name=name)


PAGES = (
    *DATA,
    *AGAIN,
    Page("account", profile.show, accounts.Can.SEE_OWN, name="account"),
    Page(
        "account/recovery", recovery.recovery, Can.SEE_OWN_RECOVERY, _BOTH, name="account-recovery"
    ),
    Page("account/edit", edit.edit, accounts.Can.SEE_OWN, _BOTH, name="account-edit"),
    Page("account/confirm", confirm.confirm, accounts.Can.SEE_OWN, _BOTH, name="account-confirm"),
    Page(
        "account/confirm/later",
        confirm.later,
        accounts.Can.SEE_OWN,
        _POST,
        name="account-confirm-later",
    ),
    Page(
        "account/duplicate/<uuid:duplicate_id>",
        duplicate.show,
        accounts.Can.SEE_OWN_DUPLICATE,
        on_object=True,
        name="account-duplicate",
    ),
    Page(
        "account/duplicate/<uuid:duplicate_id>/answer",
        duplicate.answer,
        accounts.Can.ANSWER_DUPLICATE,
        _BOTH,
        on_object=True,
        name="account-duplicate-answer",
    ),
    Page(
        "account/duplicate/<uuid:duplicate_id>/object",
        duplicate.object_,
        accounts.Can.OBJECT_DUPLICATE,
        _BOTH,
        on_object=True,
        name="account-duplicate-object",
    ),
    Page("account/identity", identity.edit, accounts.Can.SEE_OWN, _BOTH, name="account-identity"),
    Page(
        "account/identity/check",
        identity_check.check,
        accounts.Can.CHECK_IDENTITY,
        _POST,
        on_object=True,
        name="check-identity",
    ),
    Page(
        "account/identity/document",
        identity_document.send,
        accounts.Can.SEE_OWN,
        _BOTH,
        name="identity-document",
    ),
    Page(
        "account/identity/document/withdraw",
        identity_document.withdraw,
        accounts.Can.WITHDRAW_CASE,
        _POST,
        on_object=True,
        name="identity-document-withdraw",
    ),
    _phone("phone", phone.change, _BOTH, "account-phone"),
    _phone("phone/remove", phone.remove, _POST, "remove-phone"),
    _phone("phone/code", phone_code.code, _BOTH, "phone-code"),
    _phone("phone/code/send", phone_code.send, _POST, "phone-send"),
    _factor("email", email.change, Can.CHANGE_EMAIL, _BOTH, "account-email"),
    _factor("email/cancel", email.cancel, Can.CHANGE_EMAIL, _POST, "cancel-email"),
    _factor("email/code", email_code.code, Can.CHANGE_EMAIL, _BOTH, "email-code"),
    _factor("email/code/send", email_code.send, Can.CHANGE_EMAIL, _POST, "email-send"),
    Page("account/password", password.change, Can.CHANGE_PASSWORD, _BOTH, name="password"),
    Page(
        "account/password/check", password.check, Can.CHANGE_PASSWORD, _POST, name="password-check"
    ),
    Page(
        "account/password/reminder",
        password_reminder.remind,
        Can.POSTPONE_PASSWORD,
        _BOTH,
        name="password-reminder",
    ),
    _factor(
        "password/required",
        password_required.required,
        Can.REPLACE_PASSWORD,
        _BOTH,
        "password-required",
    ),
    _factor(
        "password/required/check",
        password_required.check,
        Can.REPLACE_PASSWORD,
        _POST,
        "password-required-check",
    ),
    Page("account/security", security.show, Can.SEE_SECURITY, name="security"),
    Page(
        "account/security/sessions/<uuid:session_id>/end",
        security.end_one,
        Can.END_SESSION,
        _POST,
        name="end-session",
    ),
    Page(
        "account/security/end-others",
        security.end_others,
        Can.END_SESSION,
        _POST,
        name="end-other-sessions",
    ),
    Page(
        "account/security/sign-out-everywhere",
        security.everywhere,
        Can.END_SESSION,
        _POST,
        name="sign-out-everywhere",
    ),
    _factor("totp", totp.totp, Can.ENROLL_TOTP, _BOTH, "totp"),
    _factor("totp/start", totp.start, Can.ENROLL_TOTP, _POST, "totp-start"),
    _factor("totp/qr.svg", totp.qr, Can.ENROLL_TOTP, name="totp-qr"),
    _factor("totp/remove", totp_remove.remove, Can.REMOVE_TOTP, _BOTH, "totp-remove"),
    _factor("backup-codes", backup_codes.codes, Can.MAKE_RECOVERY_CODES, _BOTH, "backup-codes"),
    Page(
        "account/backup-codes/saved",
        backup_codes.saved,
        Can.SEE_SECURITY,
        _POST,
        name="codes-saved",
    ),
    Page(
        "account/backup-codes/file", backup_codes.file, Can.SEE_SECURITY, _POST, name="codes-file"
    ),
    Page("account/passkeys", passkeys.show, Can.SEE_SECURITY, name="passkeys"),
    _factor("passkeys/new", passkey_new.add, Can.ENROLL_PASSKEY, _BOTH, "passkey-new"),
    _factor(
        "passkeys/new/begin", passkey_new.begin, Can.ENROLL_PASSKEY, _POST, "passkey-new-begin"
    ),
    _factor("passkeys/deed", passkey_new.deed, Can.CONFIRM_DEED, _POST, "passkey-deed"),
    _factor(
        "passkeys/<uuid:passkey_id>/rename",
        passkeys.rename,
        Can.RENAME_PASSKEY,
        _BOTH,
        "passkey-rename",
    ),
    _factor(
        "passkeys/<uuid:passkey_id>/remove",
        passkeys.remove,
        Can.REMOVE_PASSKEY,
        _BOTH,
        "passkey-remove",
    ),
    Page("account/grant", grant.switch, Can.SWITCH_GRANT, _BOTH, name="switch-grant"),
    Page("account/access", access_list.show, access.Can.SEE_OWN, name="account-access"),
    Page("account/rights", rights.show, access.Can.SEE_OWN, name="account-rights"),
    Page("account/why", why.show, access.Can.SEE_OWN, name="why"),
    Page(
        "account/applications",
        applications.show,
        sso.Can.SEE_OWN_CONSENTS,
        name="account-applications",
    ),
    Page(
        "account/applications/<uuid:app_id>/withdraw",
        applications.withdraw,
        sso.Can.WITHDRAW_CONSENT,
        _POST,
        on_object=True,
        name="withdraw-application",
    ),
    Page("account/notices", notices.show, notifications.Can.READ, name="notices"),
    Page("account/activity", activity.show, audit.Can.EXPLORE_OWN, name="account-activity"),
    Page("account/looked", activity.looked, audit.Can.EXPLORE_OWN, name="account-looked"),
)
