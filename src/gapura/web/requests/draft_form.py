"""The form of a draft: unit, the letter's details, its scan."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES, DraftView, LetterDraft
from gapura.kernel import clock
from gapura.organizations.queries import units_of
from gapura.web.shell.forms import ChoiceField, DayField, Form, TextField, UploadField

_LETTER = ("number", "signed_on", "signer_name", "signer_position", "valid_from", "valid_until")


class DraftForm(Form):
    """All of it may be left for later (`partial`); what is typed is always checked."""

    unit = ChoiceField(label=lazy("Unit (satker)"), look="select", missing=lazy("Choose the unit."))
    number = TextField(
        label=lazy("Number of the letter"),
        hint=lazy("As it stands at the head of the letter, for example 821/045/BKD/2026."),
        missing=lazy("Enter the number of the letter. It stands at its head."),
        longest=100,
        autocomplete="off",
    )
    signed_on = DayField(
        label=lazy("Date of the letter"),
        hint=lazy("The day it was signed, for example 5 1 2026."),
        last=clock.today,
    )
    signer_name = TextField(
        label=lazy("Who signed it"),
        missing=lazy("Enter who signed the letter. The name stands under the signature."),
        longest=100,
        autocomplete="off",
    )
    signer_position = TextField(
        label=lazy("Position of the signer"),
        hint=lazy("For example Kepala Dinas Kesehatan."),
        missing=lazy("Enter the position of the signer, for example Kepala Dinas Kesehatan."),
        longest=150,
        autocomplete="off",
    )
    valid_from = DayField(label=lazy("First day of the appointment"))
    valid_until = DayField(
        label=lazy("Last day of the appointment"),
        hint=lazy("Often 31 12 of the budget year. Your access ends after this day."),
    )
    document = UploadField(
        label=lazy("Scan of the letter"),
        accept=".pdf,.jpg,.jpeg",
        hint=lazy("PDF or JPG, at most 2 MB. All pages in one file."),
        missing=lazy("Add a scan of the letter as PDF or JPG."),
    )

    def __init__(
        self,
        draft: DraftView,
        data: Any = None,
        files: Any = None,
        *,
        partial: bool = False,
    ) -> None:
        letter = {name: getattr(draft.letter, name) for name in _LETTER}
        super().__init__(data, files, initial={"unit": draft.place.unit, **letter})
        if ROLES[draft.role].needs_unit:
            unit: Any = self.fields["unit"]
            rows = units_of(draft.place.agency) if draft.place.agency else ()
            unit.choices = [("", _("Choose a unit")), *((row.code, row.name) for row in rows)]
        else:
            del self.fields["unit"]
        if draft.document:
            self.fields["document"].required = False
            self.fields["document"].label = _("Replace the scan")
        for field in self.fields.values():
            field.required = field.required and not partial

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
        known = {name: self.cleaned_data.get(name) for name in _LETTER}
        return LetterDraft(**{name: value for name, value in known.items() if value})
