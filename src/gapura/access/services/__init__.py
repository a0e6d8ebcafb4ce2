"""Writes of the access room, by noun: requests, decisions, deadlines, grants."""

from gapura.access.rules import CorrectionNote
from gapura.access.services.approvals import approve_request
from gapura.access.services.deadlines import escalate_overdue, lapse_unactivated
from gapura.access.services.decisions import (
    ask_correction,
    claim_request,
    reject_request,
    release_request,
)
from gapura.access.services.grants import (
    activate_grant,
    issue_grant,
    resume_grant,
    revoke,
    suspend_grant,
)
from gapura.access.services.invitations import (
    accept_invitation,
    invite_staff,
    withdraw_invitation,
)
from gapura.access.services.joins import admit_person, ask_to_join, refuse_join, withdraw_join
from gapura.access.services.letters import open_letter, open_page
from gapura.access.services.requests import save_draft, withdraw_request
from gapura.access.services.staff import admit_founder, remove_staff
from gapura.access.services.submission import Submitted, submit_request
from gapura.organizations.queries import LetterText

__all__ = [
    "CorrectionNote",
    "LetterText",
    "Submitted",
    "accept_invitation",
    "activate_grant",
    "admit_founder",
    "admit_person",
    "approve_request",
    "ask_correction",
    "ask_to_join",
    "claim_request",
    "escalate_overdue",
    "invite_staff",
    "issue_grant",
    "lapse_unactivated",
    "open_letter",
    "open_page",
    "refuse_join",
    "reject_request",
    "release_request",
    "remove_staff",
    "resume_grant",
    "revoke",
    "save_draft",
    "submit_request",
    "suspend_grant",
    "withdraw_invitation",
    "withdraw_join",
    "withdraw_request",
]
