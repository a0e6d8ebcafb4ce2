"""Pure rules: deadlines in elapsed hours, when a claim falls free, when activation is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

# A verifier who walked away does not hold others up; product policy, shown on the queue.
CLAIM_MINUTES = 30
REASON_AT_LEAST = 10
# Long enough for a week's leave, short enough that an old mail opens nothing; product policy.
INVITATION_DAYS = 7


@dataclass(frozen=True, slots=True)
class CorrectionNote:
    """One field sent back: names of reasons.CORRECTABLE and CORRECTION_REASONS, and a free text."""

    field: str
    reason_code: str
    note: str = ""


def due_at(submitted_at: datetime, hours: int) -> datetime:
    """3x24 hours are elapsed hours, not working days (INAPROC help centre 12966712756751)."""
    return submitted_at + timedelta(hours=hours)


def is_overdue(due: datetime | None, now: datetime) -> bool:
    """True from the very moment the time is over."""
    return due is not None and now >= due


def claim_is_free(claimed_by: UUID | None, claimed_at: datetime | None, now: datetime) -> bool:
    """True when nobody holds it, or whoever held it let CLAIM_MINUTES pass."""
    if claimed_by is None or claimed_at is None:
        return True
    return now >= claimed_at + timedelta(minutes=CLAIM_MINUTES)


def activation_ends(approved_at: datetime, days: int) -> datetime:
    """The moment from which an approved grant can no longer be activated."""
    return approved_at + timedelta(days=days)
