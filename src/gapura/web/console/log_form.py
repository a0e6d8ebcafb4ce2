"""The search of the log: its form, what of it stands in the address, and the filters it becomes."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import cache
from ipaddress import ip_address
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import ROLES
from gapura.audit.events import event_named
from gapura.audit.queries import Filters
from gapura.kernel.clock import JAKARTA
from gapura.web.console.words import ACTS, RESULTS
from gapura.web.shell.days import PlainDayField
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField

Choices = list[tuple[str, str]]
# Those that links set, not people: shown as a line that can be taken away.
HIDDEN = ("session", "request", "kind", "object_id", "exact")
_WORD = re.compile(r"[^\W_]")
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@cache
def _choices(_language: str | None) -> tuple[Choices, Choices, Choices]:
    """Acts, roles and results in the active language."""
    named = sorted(((start, tr(text)) for start, text in ACTS.items()), key=lambda act: act[1])
    acts = [("", _("All acts")), *named]
    roles = [("", _("All roles")), *((code, tr(role.name)) for code, role in ROLES.items())]
    results = [("", _("All results")), *((code, tr(word)) for code, (word, _c) in RESULTS.items())]
    return acts, roles, results


class ClockField(TextField):
    """A time of day, `14:30`; becomes a `datetime.time`, or None when nothing was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(type="time", longest=8, width="5", required=False, **options)

    def clean(self, value: Any) -> Any:
        """The time with a colon or a point."""
        text = super().clean(value)
        if not text:
            return None
        found = _CLOCK.fullmatch(text) if text.isascii() else None
        if found is None:
            raise self.problem(lazy("%(label)s is not a time. Type it as 14:30."), "time")
        return time(int(found[1]), int(found[2]))


class LogForm(Form):
    """A GET form; an empty field does not filter."""

    since = PlainDayField(label=lazy("From day"), required=False)
    since_at = ClockField(label=lazy("From time"))
    until = PlainDayField(label=lazy("Until day"), required=False)
    until_at = ClockField(label=lazy("Until time"))
    text = TextField(label=lazy("Words"), longest=100, required=False, autocomplete="off")
    actor = TextField(label=lazy("Username"), longest=40, required=False, autocomplete="off")
    subject = TextField(
        label=lazy("About (number or username)"), longest=200, required=False, autocomplete="off"
    )
    address = TextField(label=lazy("IP address"), longest=45, required=False, autocomplete="off")
    agency = TextField(label=lazy("Agency (code)"), longest=20, required=False, autocomplete="off")
    event = ChoiceField(
        label=lazy("Kind of act"),
        look="select",
        required=False,
        choices=lambda: _choices(get_language())[0],
    )
    role = ChoiceField(
        label=lazy("As role"),
        look="select",
        required=False,
        choices=lambda: _choices(get_language())[1],
    )
    result = ChoiceField(
        label=lazy("Result"),
        look="select",
        required=False,
        choices=lambda: _choices(get_language())[2],
    )
    session = TextField(label=lazy("Session"), longest=36, required=False)
    request = TextField(label=lazy("Request"), longest=64, required=False)
    kind = TextField(label=lazy("Kind of thing"), longest=40, required=False)
    object_id = TextField(label=lazy("Thing"), longest=80, required=False)
    exact = TextField(label=lazy("Event"), longest=80, required=False)

    def clean(self) -> dict[str, Any]:
        """Times belong to days, the first moment does not lie behind the last."""
        given = self.cleaned_data
        for side in ("since", "until"):
            if given.get(f"{side}_at") is not None and side in given and not given[side]:
                self.add_error(side, _("Choose the day too."))
        first, last = given.get("since"), given.get("until")
        if first and last and _begins(given) > _ends(given):
            self.add_error("until", _("“Until day” lies before “From day”. Swap the two days."))
        if given.get("text") and not _WORD.search(given["text"]):
            self.add_error("text", _("Type at least one word or number to search for."))
        return given

    def clean_address(self) -> str:
        """An address in either notation."""
        wrong = _("Type an address such as 203.0.113.7 or 2001:db8::1.")
        return self._read("address", ip_address, wrong)

    def clean_session(self) -> str:
        """The id of a session."""
        return self._read("session", UUID, _("This is no session."))

    def clean_exact(self) -> str:
        """An event that is declared."""
        return self._read("exact", _declared, _("There is no such event."))

    def _read(self, field: str, read: Callable[[str], object], wrong: str) -> str:
        value: str = self.cleaned_data[field]
        try:
            if value:
                read(value)
        except ValueError:
            self.add_error(field, wrong)
        return value


def _declared(name: str) -> None:
    if event_named(name) is None:
        raise ValueError(name)


def filters_of(cleaned: dict[str, Any], zone: str, **more: Any) -> Filters:
    """The filters that a sound form means; days and times are those of `zone`."""
    given = {name: value for name, value in cleaned.items() if value}
    for side, whole in (("since", time.min), ("until", time(23, 59))):
        clock = given.pop(f"{side}_at", None)
        # A bare day is one of Jakarta; elsewhere it begins an hour or two earlier.
        if side in given and (clock is not None or zone != JAKARTA):
            given[side] = datetime.combine(given[side], clock or whole, ZoneInfo(zone))
    if session := given.pop("session", None):
        given["session"] = UUID(session)
    if exact := given.pop("exact", None):
        given["event"] = exact
    return Filters(**given, **more)


def _begins(given: dict[str, Any]) -> tuple[date, time]:
    return given["since"], given.get("since_at") or time.min


def _ends(given: dict[str, Any]) -> tuple[date, time]:
    return given["until"], given.get("until_at") or time.max
