"""The field for a day: three boxes that become one date."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gapura.web.shell.display import day
from gapura.web.shell.fields import Text, Typed


class DayInputs(forms.Widget):
    """Three boxes `<name>-day`, `<name>-month`, `<name>-year`."""

    parts = ("day", "month", "year")

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, str]:
        """The three texts as typed, cut to a length that can be looked at."""
        typed = [str(data.get(f"{name}-{part}", ""))[:20] for part in self.parts]
        return typed[0], typed[1], typed[2]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """True when none of the three came."""
        return not any(f"{name}-{part}" in data for part in self.parts)


class DayField(Typed):
    """A day typed in three boxes; becomes a `datetime.date`.

    `first` and `last` bound it; each may be a function, asked when the form is checked.
    """

    kind = "day"
    widget = DayInputs
    default_missing = _("Enter %(label)s: day, month and year.")
    part_missing = {
        "day": _("%(label)s needs a day."),
        "month": _("%(label)s needs a month."),
        "year": _("%(label)s needs a year."),
    }
    part_wrong = {
        "day": _("The day of %(label)s must be a number from 1 to 31."),
        "month": _("The month of %(label)s must be a number from 1 to 12."),
        "year": _("The year of %(label)s must have 4 digits, such as 2026."),
    }
    bounds = {"day": (1, 31), "month": (1, 12), "year": (1900, 2200)}
    impossible = _("%(label)s is not a day in the calendar: %(day)s/%(month)s/%(year)s. Check it.")
    too_early = _("%(label)s cannot be before %(limit)s.")
    too_late = _("%(label)s cannot be after %(limit)s.")

    def __init__(
        self,
        *,
        label: Text,
        first: date | Callable[[], date] | None = None,
        last: date | Callable[[], date] | None = None,
        birthday: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(label=label, **options)
        self.first, self.last, self.birthday = first, last, birthday

    def prepare_value(self, value: Any) -> dict[str, str]:
        """The three texts to show again."""
        if isinstance(value, date):
            value = (str(value.day), str(value.month), str(value.year))
        return dict(zip(DayInputs.parts, value or ("", "", ""), strict=True))

    def to_python(self, value: Any) -> date | None:
        """The day, or None when all three boxes are empty."""
        if isinstance(value, date) or value is None:
            return value
        typed = {part: text.strip() for part, text in zip(DayInputs.parts, value, strict=True)}
        if not any(typed.values()):
            return None
        numbers = {part: self._number(part, text) for part, text in typed.items()}
        try:
            found = date(**numbers)
        except ValueError:
            raise self.problem(self.impossible, "impossible", **numbers) from None
        self._bounded(found)
        return found

    def _number(self, part: str, text: str) -> int:
        if not text:
            raise self.problem(self.part_missing[part], part)
        low, high = self.bounds[part]
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise self.problem(self.part_wrong[part], part)
        return int(text)

    def _bounded(self, found: date) -> None:
        first = self.first() if callable(self.first) else self.first
        last = self.last() if callable(self.last) else self.last
        if first and found < first:
            raise self.problem(self.too_early, "year", limit=day(first))
        if last and found > last:
            raise self.problem(self.too_late, "year", limit=day(last))

    def wrong_part(self, bound: Any) -> str:
        """Which box the error is about: day, month, year or all; empty without an error."""
        errors = bound.form.errors.get(bound.name)
        if not errors:
            return ""
        code = next(iter(errors.as_data())).code
        return code if code in DayInputs.parts else "all"

    def error_control(self, bound: Any) -> str:
        """What follows the field's id in the id of the box to mend."""
        part = self.wrong_part(bound)
        return f"-{part if part in DayInputs.parts else 'day'}"
