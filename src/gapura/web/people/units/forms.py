"""Forms about units and agencies: the yearly confirmation, and changes with their day and deed."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as lazy

from gapura.organizations.queries import STAY_OR_END
from gapura.organizations.services import Decreed, UnitTruth
from gapura.web.shell.days import PlainDayField
from gapura.web.shell.display import tr
from gapura.web.shell.forms import CheckField, ChoiceField, Form, TextField


class FindForm(Form):
    """A GET form of the platform: words of an agency's name."""

    text = TextField(label=lazy("Name of the agency"), longest=100, required=False)


class ConfirmForm(Form):
    """What is kept of a unit, to be read and mended."""

    address = TextField(
        label=lazy("Address"),
        hint=lazy("Street, number, village and district."),
        missing=lazy("Enter the address."),
        lines=True,
        rows=3,
        longest=300,
    )
    npwp = TextField(
        label=lazy("New tax number (NPWP)"),
        hint=lazy("Only where it changed: 16 digits, or 15 in its old form."),
        required=False,
        longest=40,
    )
    head_name = TextField(
        label=lazy("Name of the head"),
        missing=lazy("Enter the name of whoever leads the unit."),
        longest=100,
    )
    head_position = TextField(
        label=lazy("Position of the head"),
        hint=lazy("While nobody holds it, who stands in: for example Plt. Kepala Dinas."),
        missing=lazy("Enter the position."),
        longest=150,
    )
    true = CheckField(label=lazy("I have read it, and it is true"))

    def truth(self, kept_number: str) -> UnitTruth:
        """What is confirmed; without a new number the one that is kept is."""
        said = self.cleaned_data
        return UnitTruth(
            said["address"], said["npwp"] or kept_number, said["head_name"], said["head_position"]
        )


class ChangeForm(Form):
    """What every change says."""

    from_day = PlainDayField(
        label=lazy("From which day"),
        hint=lazy("Today or later. Nothing changes before it."),
        missing=lazy("Enter the day."),
    )
    deed = TextField(
        label=lazy("Ordered by"),
        hint=lazy("The regulation or decision, for example Perbup 12/2026 art. 3."),
        missing=lazy("Enter the regulation or decision."),
        longest=200,
    )
    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("Everybody with a role there reads it. At least 10 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=500,
    )

    def decreed(self) -> Decreed:
        """Day, deed and reason."""
        said = self.cleaned_data
        return Decreed(said["from_day"], said["deed"], said["reason"])

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """What may be chosen, where something is."""

    field_order = ("name", "parent", "successor", "grants", "from_day", "deed", "reason", "read")


class RenameForm(ChangeForm):
    """Another name."""

    name = TextField(label=lazy("New name"), missing=lazy("Enter the new name."), longest=200)


class MoveForm(ChangeForm):
    """Another place in the tree."""

    parent = ChoiceField(label=lazy("Lies below"), look="select", required=False)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """The units of the agency, and its top."""
        self.fields["parent"].choices = [("", lazy("The agency itself")), *choices]  # type: ignore[attr-defined]


class MergeForm(ChangeForm):
    """Another unit takes it over."""

    successor = ChoiceField(label=lazy("Goes into"), look="select")
    grants = ChoiceField(
        label=lazy("What becomes of the roles there"),
        choices=lambda: [(code, tr(text)) for code, text in STAY_OR_END.items()],
    )
    read = CheckField(label=lazy("I have read what it means for the people there"))

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """The units of the agency."""
        self.fields["successor"].choices = [("", lazy("Choose a unit")), *choices]  # type: ignore[attr-defined]


class CloseForm(ChangeForm):
    """It ends."""

    read = CheckField(label=lazy("I have read what it means for the people there"))


class CloseAgencyForm(CloseForm):
    """An agency ends; another one takes over its work."""

    successor = TextField(
        label=lazy("Code of the agency that takes over its work"),
        hint=lazy("Leave it empty where there is none. Roles do not go over: they are given anew."),
        required=False,
        longest=20,
    )


class CancelForm(Form):
    """Why it does not happen."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("Whoever was told of the change reads it. At least 10 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=500,
    )
