"""Pure rules of this room, by noun: requests, conflicts of roles, standing in for others."""

from gapura.access.rules.conflicts import Clash, ConflictLaw, Office, clashes, excludes
from gapura.access.rules.requests import (
    CLAIM_MINUTES,
    INVITATION_DAYS,
    REASON_AT_LEAST,
    CorrectionNote,
    activation_ends,
    claim_is_free,
    due_at,
    is_overdue,
)
from gapura.access.rules.standings import (
    ABSENT,
    BREAK_DAYS,
    VACANT,
    Span,
    StandingLaw,
    covered,
    days_of,
    stood_in,
)

__all__ = [
    "ABSENT",
    "BREAK_DAYS",
    "CLAIM_MINUTES",
    "INVITATION_DAYS",
    "REASON_AT_LEAST",
    "VACANT",
    "Clash",
    "ConflictLaw",
    "CorrectionNote",
    "Office",
    "Span",
    "StandingLaw",
    "activation_ends",
    "claim_is_free",
    "clashes",
    "covered",
    "days_of",
    "due_at",
    "excludes",
    "is_overdue",
    "stood_in",
]
