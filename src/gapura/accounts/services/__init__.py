"""What can be done to an account: one verb each, with its event and its notices."""

from gapura.accounts.services.contacts import (
    begin_email_change,
    cancel_email_change,
    finish_email_change,
)
from gapura.accounts.services.identity import (
    ask_correction,
    correct_identity,
    require_reverification,
    submit_identity,
    verify_identity,
)
from gapura.accounts.services.lifecycle import (
    close_person,
    reinstate_person,
    suspend_person,
)
from gapura.accounts.services.phones import (
    begin_phone,
    confirm_phone,
    forget_phone_codes,
    remove_phone,
    resend_phone,
    tell_old_phone,
)
from gapura.accounts.services.profile import choose_language, update_profile
from gapura.accounts.services.proofs import check_identity, check_waiting
from gapura.accounts.services.registration import (
    Registered,
    confirm_email,
    prune_registrations,
    register,
)

__all__ = [
    "Registered",
    "ask_correction",
    "begin_email_change",
    "begin_phone",
    "cancel_email_change",
    "check_identity",
    "check_waiting",
    "choose_language",
    "close_person",
    "confirm_email",
    "confirm_phone",
    "correct_identity",
    "finish_email_change",
    "forget_phone_codes",
    "prune_registrations",
    "register",
    "reinstate_person",
    "remove_phone",
    "require_reverification",
    "resend_phone",
    "submit_identity",
    "suspend_person",
    "tell_old_phone",
    "update_profile",
    "verify_identity",
]
