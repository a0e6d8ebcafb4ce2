"""The forms of curators: a reason from a list, and a note that says what to do about it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.catalog.queries import (
    CLAIM_REASONS,
    FREEZE_REASONS,
    LONGEST_NOTE,
    REJECT_REASONS,
    SHORTEST_NOTE,
)
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField


class NoteForm(Form):
    """Words for the company."""

    note = TextField(
        label=lazy("Note for the company"),
        hint=lazy("The company reads this word for word. Say what is wrong and what to do."),
        missing=lazy("Write a note, so that the company knows what to do."),
        shortest=SHORTEST_NOTE,
        longest=LONGEST_NOTE,
        lines=True,
        rows=4,
    )


class _ReasonForm(NoteForm):
    """A reason from `reasons`, then the note."""

    reasons: Mapping[str, str] = {}

    reason = ChoiceField(label=lazy("Reason"), missing=lazy("Choose a reason."))
    field_order = ("reason", "note")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field: Any = self.fields["reason"]
        field.choices = [(code, tr(text)) for code, text in self.reasons.items()]


class RejectForm(_ReasonForm):
    """Sending a version back."""

    reasons = REJECT_REASONS


class FreezeForm(_ReasonForm):
    """Stopping new orders, or taking a product out for good."""

    reasons = FREEZE_REASONS


class ClaimForm(_ReasonForm):
    """Not confirming a label."""

    reasons = CLAIM_REASONS
