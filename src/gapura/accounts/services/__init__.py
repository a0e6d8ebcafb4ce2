"""What can be done to an account: one verb each, with its event and its notices."""

from gapura.accounts.services.case_deadlines import (
    Escalated,
    escalate_cases,
    forget_stray_documents,
)
from gapura.accounts.services.case_decisions import confirm_case, refuse_case, send_back_case
from gapura.accounts.services.case_papers import open_document_page
from gapura.accounts.services.cases import (
    claim_case,
    release_case,
    send_document,
    withdraw_document,
)
from gapura.accounts.services.claims import release_cases
from gapura.accounts.services.contacts import (
    begin_email_change,
    cancel_email_change,
    finish_email_change,
    recover_email,
)
from gapura.accounts.services.holds import lift_hold, place_hold
from gapura.accounts.services.identity import (
    ask_correction,
    correct_identity,
    require_reverification,
    submit_identity,
    take_back_identity,
    verify_identity,
)
from gapura.accounts.services.lifecycle import (
    close_person,
    reinstate_person,
    suspend_person,
)
from gapura.accounts.services.naming import Named, verify_named
from gapura.accounts.services.phone_notices import tell_old_phone
from gapura.accounts.services.phones import (
    begin_phone,
    confirm_phone,
    forget_phone_codes,
    remove_phone,
    resend_phone,
)
from gapura.accounts.services.profile import choose_language, update_profile
from gapura.accounts.services.proofs import check_identity, check_waiting
from gapura.accounts.services.registration import (
    Registered,
    confirm_email,
    prune_registrations,
    register,
)
from gapura.accounts.services.taken_addresses import tell_holder

__all__ = [
    "Escalated",
    "Named",
    "Registered",
    "ask_correction",
    "begin_email_change",
    "begin_phone",
    "cancel_email_change",
    "check_identity",
    "check_waiting",
    "choose_language",
    "claim_case",
    "close_person",
    "confirm_case",
    "confirm_email",
    "confirm_phone",
    "correct_identity",
    "escalate_cases",
    "finish_email_change",
    "forget_phone_codes",
    "forget_stray_documents",
    "lift_hold",
    "open_document_page",
    "place_hold",
    "prune_registrations",
    "recover_email",
    "refuse_case",
    "register",
    "reinstate_person",
    "release_case",
    "release_cases",
    "remove_phone",
    "require_reverification",
    "resend_phone",
    "send_back_case",
    "send_document",
    "submit_identity",
    "suspend_person",
    "take_back_identity",
    "tell_holder",
    "tell_old_phone",
    "update_profile",
    "verify_identity",
    "verify_named",
    "withdraw_document",
]
