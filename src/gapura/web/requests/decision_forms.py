"""The three forms under a request: approve, ask for correction, reject."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import (
    CHECKLIST,
    CORRECTABLE,
    CORRECTION_REASONS,
    DOCUMENT_CHECK,
    IDENTITY,
    REASON_AT_LEAST,
    REJECTION_REASONS,
)
from gapura.access.services import CorrectionNote
from gapura.kernel.problems import FieldProblems, Problem
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, ManyChoicesField, TextField, sentences

_NOTE_LONGEST = 500
_REASON_LONGEST = 1000


def _choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, tr(text)) for code, text in table.items()]


class ApproveForm(Form):
    """Every point of the checklist must hold."""

    checked = ManyChoicesField(
        label=lazy("What I compared with the letter"),
        hint=lazy("Tick what holds. If one point does not, ask for a correction or reject."),
        missing=lazy("Compare the request with the letter and tick every point that holds."),
    )

    def __init__(self, data: Any = None, *, with_document: bool = False) -> None:
        super().__init__(data)
        # Ticked before the registry answered is no mistake.
        ticked = data is not None and not set(DOCUMENT_CHECK).isdisjoint(data.getlist("checked"))
        self.points = {**CHECKLIST, **(DOCUMENT_CHECK if with_document or ticked else {})}
        field: Any = self.fields["checked"]
        field.choices = _choices(self.points)

    def clean_checked(self) -> list[str]:
        """All of them: one that does not hold is a reason not to approve."""
        checked: list[str] = self.cleaned_data["checked"]
        if set(checked) != set(self.points):
            self.add_error(
                "checked",
                _(
                    "A request can be approved when every point holds. Otherwise ask for a "
                    "correction, or reject it."
                ),
            )
        return checked


class CorrectForm(Form):
    """Which fields to send back; each has a reason and a note for the applicant."""

    fields_back = ManyChoicesField(
        label=lazy("What has to be corrected?"),
        missing=lazy("Choose at least one field that has to be corrected."),
    )

    def __init__(
        self, data: Any = None, *, with_identity: bool = True, asked: Iterable[str] = CORRECTABLE
    ) -> None:
        super().__init__(data)
        codes = [code for code in asked if with_identity or not code.startswith(IDENTITY)]
        chosen: Any = self.fields["fields_back"]
        chosen.choices = [(code, tr(CORRECTABLE[code])) for code in codes]
        reasons = [("", _("Choose a reason")), *_choices(CORRECTION_REASONS)]
        for code in codes:
            about = {"field": tr(CORRECTABLE[code])}
            self.fields[reason_name(code)] = ChoiceField(
                label=_("Reason (%(field)s)") % about,
                choices=reasons,
                look="select",
                required=False,
            )
            self.fields[note_name(code)] = TextField(
                label=_("Note for the applicant (%(field)s)") % about,
                longest=_NOTE_LONGEST,
                required=False,
                spelling=True,
                autocomplete="off",
            )

    def clean(self) -> dict[str, Any]:
        """A reason for every chosen field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for code in cleaned.get("fields_back", ()):
            name = reason_name(code)
            if name not in self.errors and not cleaned.get(name):
                about = {"field": tr(CORRECTABLE[code])}
                self.add_error(name, _("Choose a reason for “%(field)s”.") % about)
        return cleaned

    def notes(self) -> list[CorrectionNote]:
        """What is sent back; call it on a valid form."""
        return [
            CorrectionNote(
                code, self.cleaned_data[reason_name(code)], self.cleaned_data[note_name(code)]
            )
            for code in self.cleaned_data["fields_back"]
        ]

    def take(self, problem: Problem) -> None:
        """The service names fields of the request; here each has its note."""
        if not isinstance(problem, FieldProblems):
            super().take(problem)
            return
        for code, each in problem.fields.items():
            name = note_name(code) if note_name(code) in self.fields else "fields_back"
            self.add_error(name, sentences(each))


def reason_name(code: str) -> str:
    """The form field that holds the reason for sending back `code`."""
    return f"reason_{code.replace('.', '_')}"


def note_name(code: str) -> str:
    """The form field that holds the note about `code`."""
    return f"note_{code.replace('.', '_')}"


class RejectForm(Form):
    """A reason from the list and an explanation in words."""

    reason_code = ChoiceField(label=lazy("Why is it rejected?"), missing=lazy("Choose a reason."))
    reason = TextField(
        label=lazy("Explanation for the applicant"),
        hint=lazy("The applicant reads this word for word. Say what they can do next."),
        missing=lazy("Explain the rejection, so that the applicant knows what to do."),
        shortest=REASON_AT_LEAST,
        longest=_REASON_LONGEST,
        lines=True,
        rows=4,
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["reason_code"]
        field.choices = _choices(REJECTION_REASONS)
