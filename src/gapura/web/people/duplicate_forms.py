"""The forms beside a pair of accounts: one person, two people, the objection turned down."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.queries import DuplicateView
from gapura.web.shell.forms import ChoiceField, Form, TextField


def _reason(hint: Any) -> TextField:
    return TextField(
        label=lazy("Reason"),
        hint=hint,
        missing=lazy("Write a reason of 10 to 500 characters."),
        shortest=10,
        longest=500,
        lines=True,
        rows=3,
        spelling=True,
    )


class AnnounceForm(Form):
    """Which of the two is to be closed, and why."""

    closing = ChoiceField(
        label=lazy("Which account is to be closed?"),
        missing=lazy("Choose the account that is to be closed."),
    )
    reason = _reason(lazy("Both owners read it. Do not write what only one of them may know."))

    def __init__(self, view: DuplicateView, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["closing"].choices = [
            (
                str(half.id),
                f"{half.username} ({half.name})",
            )
            for half in view.halves
        ]


class DifferForm(Form):
    """Why they are two people."""

    reason = _reason(lazy("It is recorded. Nothing happens to either account."))


class UpholdForm(Form):
    """Why the closing is right in spite of the objection."""

    reason = _reason(lazy("It is recorded. Both owners are told that you decided."))
