"""Forms of alerts, of their rules and of webhooks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES
from gapura.reports.queries import RULES_BY_CODE, TOLD_ROLES, UNITS, Rule, Setting
from gapura.reports.services import REASON_LEAST, REASON_MOST
from gapura.web.shell.display import tr
from gapura.web.shell.forms import CheckField, ChoiceField, DigitsField, Form, ManyChoicesField
from gapura.web.shell.forms import TextField as Line

OUTCOMES = {
    "explain": lazy("There is an innocent explanation"),
    "follow_up": lazy("Something was done about it"),
    "uphold": lazy("It is a finding: a rule was broken"),
}


def _reason(label: Any, hint: Any = "") -> Line:
    return Line(
        label=label,
        hint=hint,
        missing=lazy("Write what you saw and why you decided so, in at least 10 characters."),
        shortest=REASON_LEAST,
        longest=REASON_MOST,
        lines=True,
        rows=4,
        spelling=True,
    )


class DisposeForm(Form):
    """What came of an alert, and why."""

    outcome = ChoiceField(
        label=lazy("What came of it?"),
        missing=lazy("Choose what came of it."),
        choices=lambda: list(OUTCOMES.items()),
        hints={
            "explain": lazy("Counts against the rule: it should not have told of this."),
            "follow_up": lazy("For example: talked to, taught, a right taken away."),
            "uphold": lazy("It goes on in the way that your agency has for findings."),
        },
    )
    reason = _reason(lazy("Why?"), lazy("The auditor and the platform can read it."))


class ReopenForm(Form):
    """Why it is not done."""

    reason = _reason(lazy("Why is it opened again?"))


class RuleForm(Form):
    """The numbers of one rule, whom it tells, and why it is changed."""

    scope = Line(
        label=lazy("Agency"),
        hint=lazy("The code of one agency; empty for all agencies without numbers of their own."),
        longest=20,
        width="10",
        required=False,
    )
    active = CheckField(label=lazy("The rule raises alerts"), required=False)
    tells = ManyChoicesField(
        label=lazy("Who is told?"),
        choices=lambda: [(role, tr(ROLES[role].name)) for role in TOLD_ROLES],
        required=False,
    )
    reason = _reason(lazy("Why is it changed?"))

    def __init__(
        self, rule: Rule, data: Mapping[str, Any] | None = None, *, now: Setting | None = None
    ) -> None:
        self.rule = rule
        initial: dict[str, Any] = {}
        if now is not None:
            initial = {"active": now.active, "tells": list(now.tells), **now.parameters}
        super().__init__(data, initial=initial)
        numbers = {
            one.name.value: DigitsField(
                label=f"{tr(one.label)} ({tr(UNITS[one.unit])})",
                missing=lazy("Give a whole number."),
                longest=6,
                width="5",
            )
            for one in rule.parameters
        }
        rest = {name: field for name, field in self.fields.items() if name != "scope"}
        self.fields = {"scope": self.fields["scope"], **numbers, **rest}

    def chosen(self) -> dict[str, Any]:
        """The keywords of `change_rule`."""
        data = self.cleaned_data
        return {
            "scope": data["scope"],
            "active": bool(data["active"]),
            "parameters": {
                one.name.value: int(data[one.name.value]) for one in self.rule.parameters
            },
            "tells": tuple(data["tells"]),
            "reason": data["reason"],
        }


class WebhookForm(Form):
    """An address that is told of alerts."""

    name = Line(
        label=lazy("Name"),
        hint=lazy("By which you will know it later."),
        missing=lazy("Give a name."),
        longest=80,
    )
    url = Line(
        label=lazy("Address (https)"),
        missing=lazy("Give the address that messages are sent to."),
        longest=500,
        type="url",
        inputmode="url",
    )
    agency = Line(
        label=lazy("Only alerts of one agency"),
        hint=lazy("Its code; empty for all agencies."),
        longest=20,
        width="10",
        required=False,
    )
    rules = ManyChoicesField(
        label=lazy("Only alerts of these rules"),
        hint=lazy("None chosen means all."),
        choices=lambda: [(rule.code, tr(rule.title)) for rule in RULES_BY_CODE.values()],
        required=False,
    )

    def chosen(self) -> dict[str, Any]:
        """The keywords of `register_webhook`."""
        return {**self.cleaned_data, "rules": tuple(self.cleaned_data["rules"])}
