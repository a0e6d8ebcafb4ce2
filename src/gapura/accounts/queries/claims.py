"""Identity documents that one checker has taken."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.accounts.models import IdentityCase
from gapura.accounts.states import CLAIMED


@dataclass(frozen=True, slots=True)
class ClaimedCase:
    """A document that waits in somebody's hands; `name` is whose it is."""

    id: UUID
    name: str
    due_at: datetime


def claimed_cases(person: UUID, agency: str) -> tuple[ClaimedCase, ...]:
    """What a checker has taken of an agency's documents. One query; the caller asked the right."""
    rows = IdentityCase.objects.filter(claimed_by=person, agency=agency, state=CLAIMED)
    found = rows.order_by("due_at", "id").values_list("id", "person__name", "due_at")
    return tuple(ClaimedCase(*row) for row in found)
