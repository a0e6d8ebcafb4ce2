"""A day in one box, for filters: the browser's own calendar, or typed."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gapura.web.shell.forms import TextField

_SHAPES = ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d %m %Y")
_NO_DAY = _("%(label)s is not a day in the calendar. Type it as 2026-11-22 or 22-11-2026.")


class PlainDayField(TextField):
    """Becomes a `datetime.date`, or None when nothing was chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(type="date", longest=20, width="10", **options)

    def clean(self, value: Any) -> Any:
        """The day in any of the usual spellings, from 1900 on."""
        text = super().clean(value)
        if not text:
            return None
        found = next((day for shape in _SHAPES if (day := _read(text, shape))), None)
        if found is None or not 1900 <= found.year <= 2200:
            raise self.problem(_NO_DAY, "day")
        return found


def _read(text: str, shape: str) -> date | None:
    if not text.isascii():
        return None
    try:
        return datetime.strptime(text, shape).date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None
