"""The three forms beside an identity document: confirm, ask for a correction, refuse."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import (
    CHECKLIST,
    CORRECTABLE,
    CORRECTION_REASONS,
    NOTE_LIMIT,
    REASON_AT_LEAST,
    REASON_LIMIT,
    REFUSAL_REASONS,
    Correction,
)
from gapura.kernel.problems import FieldProblems, Problem
from gapura.web.shell.display import tr
from gapura.web.shell.forms import (
    ChoiceField,
    DigitsField,
    Form,
    ManyChoicesField,
    TextField,
    sentences,
)


def _choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(code, tr(text)) for code, text in table.items()]


class ConfirmForm(Form):
    """The NIK is read from the document and typed: only so it is compared digit by digit."""

    nik = DigitsField(
        label=lazy("NIK as it stands in the document"),
        hint=lazy("Type it from the document. We compare it with the number that was entered."),
        lengths=(16,),
        autocomplete="off",
    )
    checked = ManyChoicesField(
        label=lazy("What I compared with the document"),
        hint=lazy("Tick what holds. If one point does not, ask for a correction or refuse."),
        missing=lazy("Compare the data with the document and tick every point that holds."),
        choices=lambda: _choices(CHECKLIST),
    )


class CorrectForm(Form):
    """Which fields to send back; each has a reason and a note for the person."""

    fields_back = ManyChoicesField(
        label=lazy("What has to be corrected?"),
        missing=lazy("Choose at least one field that has to be corrected."),
        choices=lambda: _choices(CORRECTABLE),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        reasons = [("", _("Choose a reason")), *_choices(CORRECTION_REASONS)]
        for code, label in CORRECTABLE.items():
            about = {"field": tr(label)}
            self.fields[f"reason_{code}"] = ChoiceField(
                label=_("Reason (%(field)s)") % about,
                choices=reasons,
                look="select",
                required=False,
            )
            self.fields[f"note_{code}"] = TextField(
                label=_("Note for the person (%(field)s)") % about,
                longest=NOTE_LIMIT,
                required=False,
                spelling=True,
                autocomplete="off",
            )

    def corrections(self) -> list[Correction]:
        """What is sent back; call it on a valid form."""
        given = self.cleaned_data
        return [
            Correction(code, given[f"reason_{code}"], given[f"note_{code}"])
            for code in given["fields_back"]
        ]

    def take(self, problem: Problem) -> None:
        """The service names fields of the data; here each has its reason and its note."""
        if not isinstance(problem, FieldProblems):
            super().take(problem)
            return
        for code, each in problem.fields.items():
            chosen = self.cleaned_data.get(f"reason_{code}")
            name = f"note_{code}" if chosen else f"reason_{code}"
            self.add_error(name if name in self.fields else "fields_back", sentences(each))


class RefuseForm(Form):
    """A reason from the list and an explanation in words."""

    reason_code = ChoiceField(
        label=lazy("Why is it refused?"),
        missing=lazy("Choose a reason."),
        choices=lambda: _choices(REFUSAL_REASONS),
    )
    reason = TextField(
        label=lazy("Explanation for the person"),
        hint=lazy("The person reads this word for word. Say what they can do next."),
        missing=lazy("Explain the refusal, so that the person knows what to do."),
        shortest=REASON_AT_LEAST,
        longest=REASON_LIMIT,
        lines=True,
        rows=4,
    )
