"""Taking something from a queue for a while: whoever walked away does not hold others up."""

from datetime import datetime, timedelta
from uuid import UUID

# Long enough to compare one paper; nobody's right depends on it, and pages show it.
CLAIM_MINUTES = 30


def claim_is_free(claimed_by: UUID | None, claimed_at: datetime | None, now: datetime) -> bool:
    """True when nobody holds it, or whoever held it let CLAIM_MINUTES pass."""
    if claimed_by is None or claimed_at is None:
        return True
    return now >= claimed_at + timedelta(minutes=CLAIM_MINUTES)
