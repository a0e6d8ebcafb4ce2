"""Writes of the access room, by noun: requests, decisions, deadlines, grants."""

from gapura.access.rules import CorrectionNote
from gapura.access.services.deadlines import escalate_overdue, lapse_unactivated
from gapura.access.services.decisions import (
    approve_request,
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
from gapura.access.services.letters import open_letter, open_page
from gapura.access.services.requests import save_draft, withdraw_request
from gapura.access.services.submission import Submitted, submit_request
from gapura.organizations.queries import LetterText

__all__ = [
    "CorrectionNote",
    "LetterText",
    "Submitted",
    "activate_grant",
    "approve_request",
    "ask_correction",
    "claim_request",
    "escalate_overdue",
    "issue_grant",
    "lapse_unactivated",
    "open_letter",
    "open_page",
    "reject_request",
    "release_request",
    "resume_grant",
    "revoke",
    "save_draft",
    "submit_request",
    "suspend_grant",
    "withdraw_request",
]
