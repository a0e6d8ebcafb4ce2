"""Pure rules of this room, by noun: requests, conflicts of roles, standing in for others."""

from gapura.access.rules.conflicts import Clash, ConflictLaw, Office, clashes, excludes
from gapura.access.rules.requests import (
    REASON_AT_LEAST,
    CorrectionNote,
    activation_ends,
    due_at,
    is_overdue,
)
from gapura.access.rules.reviews import Desk, Reviewer, Reviewers, above, desk_of, step_due, way_up
from gapura.access.rules.standings import (
    ABSENT,
    VACANT,
    Span,
    StandingLaw,
    covered,
    days_of,
    stood_in,
)

__all__ = [
    "ABSENT",
    "REASON_AT_LEAST",
    "VACANT",
    "Clash",
    "ConflictLaw",
    "CorrectionNote",
    "Desk",
    "Office",
    "Reviewer",
    "Reviewers",
    "Span",
    "StandingLaw",
    "above",
    "activation_ends",
    "clashes",
    "covered",
    "days_of",
    "desk_of",
    "due_at",
    "excludes",
    "is_overdue",
    "step_due",
    "stood_in",
    "way_up",
]
