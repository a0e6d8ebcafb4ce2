"""Writes of sign-in; one file a noun."""

from gapura.authentication.endings import hear_endings
from gapura.authentication.places import BadPlaces, load_places
from gapura.authentication.services.blocklist import build_blocklist
from gapura.authentication.services.contacts import begin_email_change, finish_email_change
from gapura.authentication.services.deeds import Deed, ask_deed, confirm_deed, use_deed
from gapura.authentication.services.devices import (
    end_other_sessions,
    end_session,
    sign_out,
    sign_out_everywhere,
    switch_grant,
)
from gapura.authentication.services.disavow import disavow
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.factors import (
    Confirmed,
    confirm_totp,
    enroll_totp,
    issue_totp,
    make_recovery_codes,
    remove_totp,
)
from gapura.authentication.services.kept_forms import Typed, keep_form, settle_form
from gapura.authentication.services.lifting import agree_lift, ask_lift, keep_lock
from gapura.authentication.services.locks import lift_lock, lock_account
from gapura.authentication.services.passkey_proof import ask_passkey_again, ask_passkey_factor
from gapura.authentication.services.passkey_sign_in import (
    LENT_FOR,
    ask_passkey,
    sign_in_with_passkey,
)
from gapura.authentication.services.passkeys import (
    add_passkey,
    begin_passkey,
    remove_passkey,
    rename_passkey,
)
from gapura.authentication.services.password_duties import (
    postpone_change,
    replace_password,
    require_change,
)
from gapura.authentication.services.passwords import (
    PreparedPassword,
    change_password,
    prepare_password,
    set_password,
)
from gapura.authentication.services.recovery_asking import (
    ask_after_reset,
    ask_recovery,
    ask_without_mailbox,
    start_recovery,
)
from gapura.authentication.services.recovery_desk import (
    Vouch,
    refuse_recovery,
    second_recovery,
    vouch_recovery,
)
from gapura.authentication.services.recovery_ends import stop_by_link, stop_own_recoveries
from gapura.authentication.services.recovery_return import (
    check_return,
    check_slip,
    finish_return,
    start_return,
)
from gapura.authentication.services.reset import check_reset, finish_reset, start_reset
from gapura.authentication.services.reset_phone import send_reset_phone
from gapura.authentication.services.service_tokens import Issued, issue_token, revoke_token
from gapura.authentication.services.sessions import SignIn
from gapura.authentication.services.sign_in import (
    choose_method,
    finish_sign_in,
    send_email_code,
    start_confirmation,
    start_sign_in,
)
from gapura.authentication.services.sign_in_rules import set_password_profile
from gapura.authentication.services.step_up import finish_step_up, start_step_up
from gapura.authentication.services.suspicions import (
    agree_action,
    cut_sessions,
    decline_action,
    dismiss_suspicion,
    propose_action,
)
from gapura.authentication.services.undoing import undo_contact

__all__ = [
    "LENT_FOR",
    "BadPlaces",
    "Confirmed",
    "Deed",
    "Issued",
    "PreparedPassword",
    "SignIn",
    "Typed",
    "Vouch",
    "add_passkey",
    "agree_action",
    "agree_lift",
    "ask_after_reset",
    "ask_deed",
    "ask_lift",
    "ask_passkey",
    "ask_passkey_again",
    "ask_passkey_factor",
    "ask_recovery",
    "ask_without_mailbox",
    "begin_email_change",
    "begin_passkey",
    "build_blocklist",
    "change_password",
    "check_reset",
    "check_return",
    "check_slip",
    "choose_method",
    "confirm_deed",
    "confirm_totp",
    "cut_sessions",
    "decline_action",
    "disavow",
    "dismiss_suspicion",
    "end_other_sessions",
    "end_session",
    "enroll_totp",
    "finish_email_change",
    "finish_reset",
    "finish_return",
    "finish_sign_in",
    "finish_step_up",
    "hear_endings",
    "issue_token",
    "issue_totp",
    "keep_form",
    "keep_lock",
    "lift_lock",
    "link_for",
    "load_places",
    "lock_account",
    "make_recovery_codes",
    "postpone_change",
    "prepare_password",
    "propose_action",
    "refuse_recovery",
    "remove_passkey",
    "remove_totp",
    "rename_passkey",
    "replace_password",
    "require_change",
    "revoke_token",
    "second_recovery",
    "send_email_code",
    "send_reset_phone",
    "set_password",
    "set_password_profile",
    "settle_form",
    "sign_in_with_passkey",
    "sign_out",
    "sign_out_everywhere",
    "start_confirmation",
    "start_recovery",
    "start_reset",
    "start_return",
    "start_sign_in",
    "start_step_up",
    "stop_by_link",
    "stop_own_recoveries",
    "switch_grant",
    "undo_contact",
    "use_deed",
    "vouch_recovery",
]
