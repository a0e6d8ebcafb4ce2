"""The forms beside a way back: vouch, agree, refuse."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.authentication.queries import REASON_LEAST, REASON_MOST, RecoveryView
from gapura.kernel import clock
from gapura.web.shell.display import tr
from gapura.web.shell.forms import DayField, DigitsField, Form, ManyChoicesField, TextField


def _reason(label: Any, hint: Any) -> TextField:
    return TextField(
        label=label,
        hint=hint,
        missing=lazy("Write 10 to 300 characters: how you know, and which paper you saw."),
        shortest=REASON_LEAST,
        longest=REASON_MOST,
        lines=True,
        rows=3,
        spelling=True,
    )


class VouchForm(Form):
    """What the voucher saw; the NIK is read from the card and typed."""

    nik = DigitsField(
        label=lazy("NIK as it stands on the identity card"),
        hint=lazy("Type it from the card. We compare it with the number of the account."),
        lengths=(16,),
        autocomplete="off",
    )
    born = DayField(
        label=lazy("Date of birth on the identity card"),
        last=clock.today,
        required=False,
    )
    checked = ManyChoicesField(
        label=lazy("What I did"),
        hint=lazy("Tick what holds. If one point does not, refuse."),
        missing=lazy("Vouch only when every point holds. Otherwise refuse, and say why."),
    )
    reason = _reason(
        lazy("How do you know that it is this person?"),
        lazy("Name the paper you saw, with its number. Your colleague reads this."),
    )
    new_email = TextField(
        label=lazy("New e-mail address, if the old mailbox is lost"),
        hint=lazy("Leave it empty if the person still reads the old one. The old one is told."),
        required=False,
        longest=254,
        inputmode="email",
        autocomplete="off",
    )

    def __init__(self, view: RecoveryView, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        points = self.fields["checked"]
        points.choices = [(code, tr(text)) for code, text in view.checklist.items()]  # type: ignore[attr-defined]
        if view.kind != "operator":
            del self.fields["born"]
        if view.mailbox:
            del self.fields["new_email"]


class SecondForm(Form):
    """Why the second person agrees."""

    reason = _reason(
        lazy("Why do you agree?"),
        lazy("Speak with your colleague or with the person first. Both names are recorded."),
    )


class RefuseRecoveryForm(Form):
    """Why it is refused."""

    reason = _reason(
        lazy("Why is it refused?"),
        lazy("It is recorded. The owner of the account is told that it was refused."),
    )
