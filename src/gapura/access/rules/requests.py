"""Pure rules: deadlines in elapsed hours, when a claim falls free, when activation is late."""

from dataclasses import dataclass
from datetime import datetime, timedelta

REASON_AT_LEAST = 10


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


def activation_ends(approved_at: datetime, days: int) -> datetime:
    """The moment from which an approved grant can no longer be activated."""
    return approved_at + timedelta(days=days)
