"""What narrows the register: month, agency (for the platform), unit, role, outcome."""

import re
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import OUTCOMES, REQUESTABLE, RegisterFilters, RegisterPage
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.states import REQUESTS

_MONTH = re.compile(r"(19|20|21)(\d\d)-(0[1-9]|1[0-2])", re.ASCII)
_NO_MONTH = lazy("%(label)s is not a month. Type it as 2026-11.")


class MonthField(TextField):
    """Becomes the month's first day; this month when nothing was chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(type="month", longest=7, width="10", required=False, **options)

    def clean(self, value: Any) -> Any:
        """The month as browsers send it, year first."""
        text = super().clean(value)
        if not text:
            return clock.today().replace(day=1)
        if not _MONTH.fullmatch(text):
            raise self.problem(_NO_MONTH, "month")
        return date(int(text[:4]), int(text[5:]), 1)


class RegisterForm(Form):
    """A GET form. `agency` is for those who stand above all agencies."""

    month = MonthField(label=lazy("Month"))
    agency = TextField(
        label=lazy("Code of the agency"), longest=20, required=False, autocomplete="off"
    )
    unit = ChoiceField(label=lazy("Unit"), look="select", required=False)
    role = ChoiceField(label=lazy("Role"), look="select", required=False)
    outcome = ChoiceField(label=lazy("Outcome"), look="select", required=False)

    def __init__(self, actor: Actor, data: Any, *kept: str) -> None:
        super().__init__(data, initial={"month": f"{clock.today():%Y-%m}"})
        fields: Any = self.fields
        roles = [(role.code, tr(role.name)) for role in REQUESTABLE]
        fields["role"].choices = [("", _("All roles")), *roles]
        outcomes = [(code, tr(REQUESTS[code][0])) for code in OUTCOMES]
        fields["outcome"].choices = [("", _("All outcomes")), *outcomes]
        # Whether the unit is one to choose is known when the register is read.
        self.asked_unit = str(data.get("unit", ""))[:30]
        fields["unit"].choices = [("", ""), (self.asked_unit, self.asked_unit)]
        if actor.agency:
            # Whoever belongs to an agency chooses none; one in the address is judged all the same.
            del fields["agency"]
        self.asked_agency = str(data.get("agency", "")).strip().upper()[:20]
        for name in kept and set(fields) - set(kept):
            del fields[name]

    @property
    def filters(self) -> RegisterFilters:
        """What was asked for; only after `is_valid`."""
        told = self.cleaned_data
        return RegisterFilters(
            month=told["month"],
            agency=self.asked_agency,
            unit=self.asked_unit if "unit" in self.fields else "",
            role=told.get("role", ""),
            outcome=told.get("outcome", ""),
        )

    def offer(self, page: RegisterPage) -> None:
        """The units of the register that was read; none where it is of all agencies."""
        field: Any = self.fields["unit"]
        units = [(one.code, one.name) for one in page.units]
        field.choices = [("", _("All units")), *units]


def query_of(filters: RegisterFilters, **changes: str) -> str:
    """The filters as the part of an address behind `?`."""
    told = {
        "month": f"{filters.month:%Y-%m}",
        "agency": filters.agency,
        "unit": filters.unit,
        "role": filters.role,
        "outcome": filters.outcome,
        **changes,
    }
    return urlencode({name: value for name, value in told.items() if value})
