"""Writes of sign-in; one file a noun."""

from gapura.authentication.services.contacts import begin_email_change, finish_email_change
from gapura.authentication.services.deeds import Deed, confirm_deed, use_deed
from gapura.authentication.services.devices import (
    end_other_sessions,
    end_session,
    sign_out,
    sign_out_everywhere,
    switch_grant,
)
from gapura.authentication.services.factors import (
    Confirmed,
    confirm_totp,
    enroll_totp,
    issue_totp,
    make_recovery_codes,
    remove_totp,
)
from gapura.authentication.services.passwords import (
    PreparedPassword,
    change_password,
    prepare_password,
    set_password,
)
from gapura.authentication.services.reset import check_reset, finish_reset, start_reset
from gapura.authentication.services.service_tokens import Issued, issue_token, revoke_token
from gapura.authentication.services.sessions import SignIn
from gapura.authentication.services.sign_in import (
    choose_method,
    finish_sign_in,
    send_email_code,
    start_confirmation,
    start_sign_in,
)
from gapura.authentication.services.step_up import finish_step_up, start_step_up

__all__ = [
    "Confirmed",
    "Deed",
    "Issued",
    "PreparedPassword",
    "SignIn",
    "begin_email_change",
    "change_password",
    "check_reset",
    "choose_method",
    "confirm_deed",
    "confirm_totp",
    "end_other_sessions",
    "end_session",
    "enroll_totp",
    "finish_email_change",
    "finish_reset",
    "finish_sign_in",
    "finish_step_up",
    "issue_token",
    "issue_totp",
    "make_recovery_codes",
    "prepare_password",
    "remove_totp",
    "revoke_token",
    "send_email_code",
    "set_password",
    "sign_out",
    "sign_out_everywhere",
    "start_confirmation",
    "start_reset",
    "start_sign_in",
    "start_step_up",
    "switch_grant",
    "use_deed",
]
