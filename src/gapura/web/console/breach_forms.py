"""Forms of the register of breaches. Times are typed as day and hour in the officer's zone."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.privacy.queries import BREACH_TEXTS, KINDS, LEAST, MOST, WAYS
from gapura.privacy.services import BreachText
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, DayField, Form, ManyChoicesField, TextField

_CLOCK = lazy("Hours and minutes, for example 14:30.")


def _text(label: Any, hint: Any = "") -> TextField:
    return TextField(
        label=label, hint=hint, shortest=LEAST, longest=MOST, lines=True, rows=3, spelling=True
    )


def _hour(label: Any, *, required: bool = True) -> TextField:
    return TextField(
        label=label, hint=_CLOCK, longest=5, width="5", autocomplete="off", required=required
    )


class _Timed(Form):
    """Days and times of day become moments: `found_on` and `found_time` give `found_at`."""

    moments: tuple[str, ...] = ()

    def __init__(self, *args: Any, zone: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.zone = ZoneInfo(zone)

    def clean(self) -> dict[str, Any]:
        """Put them together."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        for name in self.moments:
            values[f"{name}_at"] = self._moment(name, values)
        return values

    def _moment(self, name: str, values: dict[str, Any]) -> datetime | None:
        on, typed = values.get(f"{name}_on"), values.get(f"{name}_time")
        if not isinstance(on, date) or not typed:
            return None
        at = time_of(typed)
        if at is None:
            self.add_error(f"{name}_time", _("Write the time as hours and minutes, such as 14:30."))
            return None
        return datetime.combine(on, at, self.zone)


class BreachForm(_Timed):
    """What happened, when, to which data, and what is done, in both languages."""

    began_on = DayField(label=lazy("Day on which it began"))
    began_time = _hour(lazy("Time at which it began"))
    ended_on = DayField(label=lazy("Day on which it ended (if it has)"), required=False)
    ended_time = _hour(lazy("Time at which it ended"), required=False)
    found_on = DayField(label=lazy("Day on which it was found"))
    found_time = _hour(lazy("Time at which it was found"))
    classes = ManyChoicesField(label=lazy("Which data"))
    what = _text(lazy("What happened (in Indonesian)"), lazy("People read this in the notice."))
    what_en = _text(lazy("What happened (in English)"))
    how = _text(lazy("How it happened (in Indonesian)"))
    how_en = _text(lazy("How it happened (in English)"))
    measures = _text(
        lazy("What is done, and what people can do (in Indonesian)"),
        lazy("Handling and recovery, as article 46 asks."),
    )
    measures_en = _text(lazy("What is done, and what people can do (in English)"))

    moments = ("began", "ended", "found")

    def __init__(self, *args: Any, zone: str, **more: Any) -> None:
        super().__init__(*args, zone=zone, **more)
        offer(self.fields["classes"], KINDS)

    def told(self) -> BreachText:
        """For the service."""
        values = self.cleaned_data
        return BreachText(
            began_at=values["began_at"],
            ended_at=values["ended_at"],
            found_at=values["found_at"],
            classes=tuple(values["classes"]),
            texts={name: values[name] for name in BREACH_TEXTS},
        )


class FindForm(Form):
    """By which way people are looked for, and in which days."""

    way = ChoiceField(label=lazy("Way"))
    value = TextField(
        label=lazy("Which one"),
        hint=lazy("The client_id of the application, the id of the sign-in, the name of the class "
                  "of data, or the name of the entry."),
        longest=100,
        autocomplete="off",
    )  # fmt: skip
    since = DayField(label=lazy("First day"))
    until = DayField(label=lazy("Last day"))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer(self.fields["way"], WAYS)


class ReportForm(_Timed):
    """When and under which number the authority was told."""

    moments = ("reported",)

    reported_on = DayField(label=lazy("Day on which the authority was told"))
    reported_time = _hour(lazy("Time at which it was told"))
    number = TextField(label=lazy("Number of the letter or receipt"), longest=100)


class CloseForm(Form):
    """What was learned."""

    reason = TextField(
        label=lazy("What was learned, and what was changed"),
        shortest=LEAST,
        longest=1000,
        lines=True,
        rows=3,
        spelling=True,
    )


def offer(field: Any, words: Mapping[str, str]) -> None:
    """The options of a choice, in the active language."""
    field.choices = [(key, tr(name)) for key, name in words.items()]


def time_of(typed: str) -> time | None:
    """The time of day of "14:30" or "14.30"; None for what is none."""
    try:
        return time.fromisoformat(typed.replace(".", ":").rjust(5, "0"))
    except ValueError:
        return None
