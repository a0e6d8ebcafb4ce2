"""Letters that somebody entered and that wait to be checked."""

from dataclasses import dataclass
from uuid import UUID

from gapura.organizations.models import AppointmentLetter
from gapura.organizations.states import LETTER


@dataclass(frozen=True, slots=True)
class WaitingLetter:
    """A letter of the register before its check."""

    id: UUID
    reference: str
    number: str


def letters_entered_by(person: UUID, agency: str) -> tuple[WaitingLetter, ...]:
    """What a person entered at an agency and nobody has checked. The caller asked the right."""
    rows = AppointmentLetter.objects.filter(created_by=person, agency=agency, state=LETTER.start)
    found = rows.order_by("created_at", "id").values_list("id", "reference", "number")
    return tuple(WaitingLetter(*row) for row in found)
