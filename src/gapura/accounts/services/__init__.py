"""What can be done to an account: one verb each, with its event and its notices."""

from gapura.accounts.services.campaign_mails import tell_campaigns
from gapura.accounts.services.campaigns import (
    CampaignWish,
    cancel_campaign,
    draft_campaign,
    end_campaigns,
    extend_campaign,
    start_campaign,
)
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
from gapura.accounts.services.confirming import (
    confirm_profile,
    postpone_profile,
    remind_profiles,
)
from gapura.accounts.services.contacts import (
    begin_email_change,
    cancel_email_change,
    finish_email_change,
    recover_email,
)
from gapura.accounts.services.duplicate_answers import answer_duplicate, object_duplicate
from gapura.accounts.services.duplicates import (
    announce_duplicate,
    ask_duplicate,
    close_duplicate,
    differ_duplicate,
    uphold_duplicate,
)
from gapura.accounts.services.erasing import NOBODY, erase_name
from gapura.accounts.services.finding_duplicates import find_duplicates
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
from gapura.accounts.services.reverifying import report_change, reverify
from gapura.accounts.services.taken_addresses import tell_holder
from gapura.accounts.services.undoing import Restored, forget_changes, restore_contact

__all__ = [
    "NOBODY",
    "CampaignWish",
    "Escalated",
    "Named",
    "Registered",
    "Restored",
    "announce_duplicate",
    "answer_duplicate",
    "ask_correction",
    "ask_duplicate",
    "begin_email_change",
    "begin_phone",
    "cancel_campaign",
    "cancel_email_change",
    "check_identity",
    "check_waiting",
    "choose_language",
    "claim_case",
    "close_duplicate",
    "close_person",
    "confirm_case",
    "confirm_email",
    "confirm_phone",
    "confirm_profile",
    "correct_identity",
    "differ_duplicate",
    "draft_campaign",
    "end_campaigns",
    "erase_name",
    "escalate_cases",
    "extend_campaign",
    "find_duplicates",
    "finish_email_change",
    "forget_changes",
    "forget_phone_codes",
    "forget_stray_documents",
    "lift_hold",
    "object_duplicate",
    "open_document_page",
    "place_hold",
    "postpone_profile",
    "prune_registrations",
    "recover_email",
    "refuse_case",
    "register",
    "reinstate_person",
    "release_case",
    "release_cases",
    "remind_profiles",
    "remove_phone",
    "report_change",
    "require_reverification",
    "resend_phone",
    "restore_contact",
    "reverify",
    "send_back_case",
    "send_document",
    "start_campaign",
    "submit_identity",
    "suspend_person",
    "take_back_identity",
    "tell_campaigns",
    "tell_holder",
    "tell_old_phone",
    "update_profile",
    "uphold_duplicate",
    "verify_identity",
    "verify_named",
    "withdraw_document",
]
