"""Writes of the access room, by noun: requests, decisions, deadlines, grants."""

from gapura.access.rules import CorrectionNote
from gapura.access.services.activation import activate_grant
from gapura.access.services.answers import save_answers
from gapura.access.services.appointment_grants import (
    grant_found,
    grant_letter,
    grant_waiting,
)
from gapura.access.services.appointments import (
    OfficerText,
    decline_appointment,
    name_officer,
    withdraw_officer,
)
from gapura.access.services.approvals import approve_request
from gapura.access.services.choosing import choose_company, choose_letter
from gapura.access.services.conflicts import (
    Warning_,
    refuse_conflicts,
)
from gapura.access.services.days import change_days
from gapura.access.services.deadlines import escalate_overdue, lapse_unactivated, remind_verifiers
from gapura.access.services.decisions import (
    ask_correction,
    claim_request,
    reject_request,
    release_request,
)
from gapura.access.services.delegations import (
    delegate,
    end_delegation,
)
from gapura.access.services.expiry import tell_endings, tell_leaders
from gapura.access.services.filters import drop_filter, save_filter
from gapura.access.services.findings import (
    accept_finding,
)
from gapura.access.services.following import follow_unit
from gapura.access.services.grants import (
    issue_grant,
    resume_grant,
    revoke,
    suspend_grant,
)
from gapura.access.services.history import look_back
from gapura.access.services.import_runs import (
    judge_import,
    prune_lines,
    run_import,
)
from gapura.access.services.imports import (
    begin_import,
    copy_officers,
    drop_forgotten,
    drop_import,
    start_import,
)
from gapura.access.services.invitations import (
    accept_invitation,
    invite_staff,
    withdraw_invitation,
)
from gapura.access.services.joins import admit_person, ask_to_join, refuse_join, withdraw_join
from gapura.access.services.judging import Judged, judge_request
from gapura.access.services.leaving import end_at_agency, hold_leaver
from gapura.access.services.legacy import link_legacy_account
from gapura.access.services.letter_register import (
    check_letter,
    enter_letter,
    letter_to_check,
    refuse_letter,
    tell_checkers,
    withdraw_letter,
)
from gapura.access.services.letters import open_letter, open_page
from gapura.access.services.letters_end import (
    end_letter,
    letter_to_end,
    tell_ended,
)
from gapura.access.services.looking import look_at_holder
from gapura.access.services.members import change_staff, leave_company
from gapura.access.services.moving import release_moved
from gapura.access.services.officer_notices import (
    tell_officers,
)
from gapura.access.services.registering import download_register
from gapura.access.services.renewals import begin_renewal
from gapura.access.services.requests import save_draft, withdraw_request
from gapura.access.services.review_answers import Answered, confirm_lines, remove_line
from gapura.access.services.review_calls import call_reviews
from gapura.access.services.review_papers import download_review
from gapura.access.services.review_rounds import open_reviews, tend_review
from gapura.access.services.reviews import cancel_review, extend_review, open_review
from gapura.access.services.staff import admit_founder, remove_staff
from gapura.access.services.staff_list import CSV, XLSX, staff_file
from gapura.access.services.standing import check_standing
from gapura.access.services.submission import Submitted, submit_request
from gapura.access.services.successions import (
    Deed,
    Named,
    allow_succession,
    check_succession,
    checked_deed,
    object_to_succession,
    refuse_succession,
    start_succession,
    withdraw_succession,
)
from gapura.access.services.sweeping import (
    sweep_all,
)
from gapura.access.services.taking_over import check_takeover, take_over, tidy_successions
from gapura.organizations.queries import LetterText

__all__ = [
    "CSV",
    "XLSX",
    "Answered",
    "CorrectionNote",
    "Deed",
    "Judged",
    "LetterText",
    "Named",
    "OfficerText",
    "Submitted",
    "Warning_",
    "accept_finding",
    "accept_invitation",
    "activate_grant",
    "admit_founder",
    "admit_person",
    "allow_succession",
    "approve_request",
    "ask_correction",
    "ask_to_join",
    "begin_import",
    "begin_renewal",
    "call_reviews",
    "cancel_review",
    "change_days",
    "change_staff",
    "check_letter",
    "check_standing",
    "check_succession",
    "check_takeover",
    "checked_deed",
    "choose_company",
    "choose_letter",
    "claim_request",
    "confirm_lines",
    "copy_officers",
    "decline_appointment",
    "delegate",
    "download_register",
    "download_review",
    "drop_filter",
    "drop_forgotten",
    "drop_import",
    "end_at_agency",
    "end_delegation",
    "end_letter",
    "enter_letter",
    "escalate_overdue",
    "extend_review",
    "follow_unit",
    "grant_found",
    "grant_letter",
    "grant_waiting",
    "hold_leaver",
    "invite_staff",
    "issue_grant",
    "judge_import",
    "judge_request",
    "lapse_unactivated",
    "leave_company",
    "letter_to_check",
    "letter_to_end",
    "link_legacy_account",
    "look_at_holder",
    "look_back",
    "name_officer",
    "object_to_succession",
    "open_letter",
    "open_page",
    "open_review",
    "open_reviews",
    "prune_lines",
    "refuse_conflicts",
    "refuse_join",
    "refuse_letter",
    "refuse_succession",
    "reject_request",
    "release_moved",
    "release_request",
    "remind_verifiers",
    "remove_line",
    "remove_staff",
    "resume_grant",
    "revoke",
    "run_import",
    "save_answers",
    "save_draft",
    "save_filter",
    "staff_file",
    "start_import",
    "start_succession",
    "submit_request",
    "suspend_grant",
    "sweep_all",
    "take_over",
    "tell_checkers",
    "tell_ended",
    "tell_endings",
    "tell_leaders",
    "tell_officers",
    "tend_review",
    "tidy_successions",
    "withdraw_invitation",
    "withdraw_join",
    "withdraw_letter",
    "withdraw_officer",
    "withdraw_request",
    "withdraw_succession",
]
