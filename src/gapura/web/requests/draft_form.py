"""The form of the letter: one of the register, or what it says and its scan."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import BEYOND_YEAR, DraftView, LetterDraft
from gapura.organizations.queries import LetterChoice
from gapura.web.letters.letter_fields import LetterFields
from gapura.web.shell.display import day
from gapura.web.shell.forms import (
    ChoiceField,
    DayField,
)

OWN = "own"
LETTER = ("number", "signed_on", "signer_name", "signer_position", "valid_from", "valid_until")


class DraftForm(LetterFields):
    """All of it may be left for later (`partial`); what is typed is always checked."""

    field_order = (
        "registered",
        "number",
        "signed_on",
        "signer_name",
        "signer_position",
        "valid_from",
        "valid_until",
        "beyond_year",
        "document",
    )

    registered = ChoiceField(
        label=lazy("Which letter appoints you?"),
        hint=lazy("These letters of your agency are checked already and need not be copied."),
        missing=lazy("Choose a letter, or choose to copy another one."),
    )
    valid_until = DayField(
        label=lazy("Last day of the appointment"),
        hint=lazy("Often 31 12 of the budget year. Your access ends after this day."),
    )

    def __init__(
        self,
        draft: DraftView,
        letters: Sequence[LetterChoice],
        data: Any = None,
        files: Any = None,
        *,
        partial: bool = False,
    ) -> None:
        letter = {name: getattr(draft.letter, name) for name in LETTER}
        chosen = str(draft.letter_id or (OWN if draft.letter.number else ""))
        beyond = bool(draft.details.get(BEYOND_YEAR))
        initial = {"registered": chosen, "beyond_year": beyond, **letter}
        super().__init__(data, files, initial=initial)
        self.letters = {str(each.id): each for each in letters}
        self._offer(draft)
        if draft.document and draft.letter_id is None:
            self.fields["document"].required = False
            self.fields["document"].label = _("Replace the scan")
        for field in self.fields.values():
            field.required = field.required and not partial
        if self.chosen is not None:
            for name in (*LETTER, "document"):
                self.fields[name].required = False

    def _offer(self, draft: DraftView) -> None:
        """Leave out what is no question here: letters where there are none, the budget year."""
        if not draft.year_bound:
            del self.fields["beyond_year"]
        if not self.letters:
            del self.fields["registered"]
            return
        offered: Any = self.fields["registered"]
        offered.choices = [
            *((code, _words(each)) for code, each in self.letters.items()),
            (OWN, _("Another letter: I copy it and add its scan")),
        ]

    @property
    def chosen(self) -> UUID | None:
        """The letter of the register that was sent with the form."""
        sent = str(self.data.get("registered", "")) if self.is_bound else ""
        return self.letters[sent].id if sent in self.letters else None

    def clean(self) -> dict[str, Any]:
        """The two ends of the appointment must fit each other."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error(
                "valid_until",
                _("The last day comes before the first day. Check both dates in the letter."),
            )
        return cleaned

    def letter(self) -> LetterDraft:
        """What was typed about the letter; call it on a valid form."""
        known = {name: self.cleaned_data.get(name) for name in LETTER}
        return LetterDraft(**{name: value for name, value in known.items() if value})


def _words(each: LetterChoice) -> str:
    """One letter of the register in a line: never who is named in it."""
    return _("%(number)s of %(signed)s, from %(first)s to %(last)s (%(reference)s)") % {
        "number": each.number,
        "signed": day(each.signed_on),
        "first": day(each.valid_from),
        "last": day(each.valid_until),
        "reference": each.reference,
    }
