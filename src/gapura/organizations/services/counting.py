"""This room as the keeper of letters, for rooms below it that hold a letter's id and no more."""

from uuid import UUID

from gapura.audit.services import keep_letters
from gapura.kernel import clock
from gapura.organizations.models import AppointmentLetter

# A letter that was handed in with an act counts as it is; one of the register when it is checked.
_COUNTING = ("", "checked")


def letter_counts(letter: UUID) -> bool:
    """Whether the letter is there, checked where it has to be, not ended, and valid today."""
    rows = AppointmentLetter.objects.filter(pk=letter, state__in=_COUNTING, revoked_at=None)
    return rows.filter(valid__contains=clock.today()).exists()


keep_letters(letter_counts)
