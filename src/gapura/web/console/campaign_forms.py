"""The forms of campaigns of verifying again."""

from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES
from gapura.accounts.queries import AUDIENCES, CONSEQUENCES, KINDS
from gapura.accounts.services import CampaignWish
from gapura.web.shell.amounts import NumberField
from gapura.web.shell.days import PlainDayField
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField

_WHOLE_DAYS = lazy("%(label)s must be a whole number of days.")


def _reason(label: Any, hint: Any = "") -> TextField:
    return TextField(label=label, hint=hint, longest=500, lines=True, rows=3, spelling=True)


class CampaignForm(Form):
    """Whom it concerns, why, and its days."""

    title = TextField(
        label=lazy("Name of the campaign"),
        hint=lazy("People read it in the mail, for example: Verification of 2026."),
        longest=120,
    )
    reason = _reason(
        lazy("Why do people have to verify their account again?"),
        lazy("Everybody concerned reads it. Write plainly what has changed."),
    )
    basis = TextField(
        label=lazy("Legal basis"),
        hint=lazy("The rule with its article."),
        longest=300,
    )
    audience = ChoiceField(
        label=lazy("Whom does it concern?"),
        missing=lazy("Choose whom it concerns."),
        choices=lambda: [(c, tr(name)) for c, name in AUDIENCES.items() if c != "person"],
    )
    kind = ChoiceField(
        label=lazy("Which type of person?"),
        hint=lazy("Only where one type of person is concerned."),
        required=False,
        look="select",
        choices=lambda: [("", "-"), *((k.code, tr(k.name)) for k in KINDS.values())],
    )
    agency = TextField(
        label=lazy("Code of the agency"),
        hint=lazy("Only where the people of one agency are concerned."),
        longest=20,
        required=False,
        width="10",
    )
    role = ChoiceField(
        label=lazy("Which role?"),
        hint=lazy("Only where those who hold a role are concerned."),
        required=False,
        look="select",
        choices=lambda: [("", "-"), *((code, tr(role.name)) for code, role in ROLES.items())],
    )
    consequence = ChoiceField(
        label=lazy("What follows for those who have not done it?"),
        missing=lazy("Choose what follows."),
        choices=lambda: [(code, tr(name)) for code, name in CONSEQUENCES.items()],
    )
    starts_on = PlainDayField(label=lazy("First day"))
    due_on = PlainDayField(label=lazy("Last day"))
    grace_days = NumberField(
        label=lazy("Grace days after the last day"), wrong=_WHOLE_DAYS, width="5"
    )

    def wish(self) -> CampaignWish:
        """What was typed; of the three choices the one that the audience asks for."""
        told = self.cleaned_data
        return CampaignWish(
            title=told["title"],
            reason=told["reason"],
            basis=told["basis"],
            audience=told["audience"],
            among=told.get(told["audience"]) or "",
            consequence=told["consequence"],
            starts_on=told["starts_on"],
            due_on=told["due_on"],
            grace_days=int(told["grace_days"]),
        )


class ExtendForm(Form):
    """A later last day, and why."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, prefix="extend", **options)

    due_on = PlainDayField(label=lazy("New last day"))
    grace_days = NumberField(
        label=lazy("Grace days after the last day"), wrong=_WHOLE_DAYS, width="5"
    )
    reason = _reason(lazy("Why do people get more time?"))


class CancelForm(Form):
    """Why it stops."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, prefix="cancel", **options)

    reason = _reason(lazy("Why is it canceled?"))
