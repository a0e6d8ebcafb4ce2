"""How values are shown: money, days, moments, masked numbers, texts from data tables."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.template.defaultfilters import filesizeformat
from django.utils.dates import MONTHS
from django.utils.translation import get_language, ngettext

from gapura.kernel.clock import JAKARTA, ZONES
from gapura.kernel.money import Rupiah
from gapura.kernel.texts import said

DOT = "•"


def tr(message: str, **values: Any) -> str:
    """Translate a text that was marked with `N_`, putting `values` in its %(name)s places.

    Returns plain text, so the template escapes it.
    """
    if not message:
        return ""
    text = said(message)
    return text % values if values else text


# Values of sentences that are marked texts themselves.
_CITED = frozenset({"law", "basis"})


def tr_cited(message: str, values: Mapping[str, Any]) -> str:
    """`tr` for the sentence of a problem, whose legal basis is read out in the same language."""
    return tr(message, **{n: tr(v) if n in _CITED else v for n, v in values.items()})


def rupiah(value: Rupiah | Decimal | int) -> str:
    """Rupiah as `Rp1.250.000`, or `Rp1.250.000,50` when there are cents."""
    return str(value if isinstance(value, Rupiah) else Rupiah(Decimal(value)))


def quantity(value: Decimal | int) -> str:
    """A quantity as `1.500` or `12,5`: grouped as people here write it, no idle zeros."""
    whole, _, fraction = f"{Decimal(value):.4f}".partition(".")
    fraction = fraction.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{grouped},{fraction}" if fraction else grouped


def day(value: date | None) -> str:
    """A day as `22 November 2026`, with the month in the reader's language; empty for None."""
    return _day(get_language(), value) if value else ""


def _day(language: str | None, value: date) -> str:
    return f"{value.day} {_month(language, value.month)} {value.year}"


def month_of(value: date) -> str:
    """The month of a day as `November 2026`, in the reader's language."""
    return f"{_month(get_language(), value.month)} {value.year}"


@cache
def _month(_language: str | None, number: int) -> str:
    return str(MONTHS[number])


def moment(value: datetime | None, zone: str = JAKARTA) -> str:
    """A moment in one of the three zones: `22 November 2026 pukul 14.30 WIB`; empty for None.

    :raises KeyError: for a zone that is not Indonesian.
    """
    if value is None:
        return ""
    name = ZONES[zone]
    local = value.astimezone(ZoneInfo(zone))
    language = get_language()
    shown = _day(language, local)
    if language == "id":
        return f"{shown} pukul {local.hour:02}.{local.minute:02} {name}"
    return f"{shown}, {local.hour:02}:{local.minute:02} {name}"


def moment_exact(value: datetime | None, zone: str = JAKARTA) -> str:
    """The same with seconds: `22 November 2026 pukul 14.30.05 WIB`.

    :raises KeyError: for a zone that is not Indonesian.
    """
    if value is None:
        return ""
    local, language = value.astimezone(ZoneInfo(zone)), get_language()
    shown, name = _day(language, local), ZONES[zone]
    if language == "id":
        return f"{shown} pukul {local.hour:02}.{local.minute:02}.{local.second:02} {name}"
    return f"{shown}, {local.hour:02}:{local.minute:02}:{local.second:02} {name}"


def left(due: datetime, now: datetime) -> str:
    """What remains until `due`, in the two largest units: `2 days 21 hours`; empty when past."""
    remaining = due - now
    if remaining <= timedelta(0):
        return ""
    days, hours = remaining.days, remaining.seconds // 3600
    minutes = 0 if days else max(1, remaining.seconds % 3600 // 60)
    return _span(get_language(), days, hours, minutes)


@lru_cache(4096)
def _span(_language: str | None, days: int, hours: int, minutes: int) -> str:
    parts = (
        ngettext("%(count)s day", "%(count)s days", days) % {"count": days} if days else "",
        ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
        if minutes
        else "",
    )
    return " ".join(part for part in parts if part)


def masked(value: str) -> str:
    """An identity number with its first four and last two characters; short ones wholly hidden."""
    if len(value) < 9:
        return DOT * len(value)
    return value[:4] + DOT * (len(value) - 6) + value[-2:]


def page_window(current: int, total: int) -> Iterator[int | None]:
    """The page numbers worth showing around `current`; None stands for a gap."""
    shown = sorted({1, total, *range(max(1, current - 1), min(total, current + 1) + 1)})
    before = 0
    for number in shown:
        if number - before > 1:
            yield None
        yield number
        before = number


FILTERS = {
    "tr": tr,
    "rupiah": rupiah,
    "quantity": quantity,
    "day": day,
    "moment": moment,
    "moment_exact": moment_exact,
    "month_of": month_of,
    "left": left,
    "masked": masked,
    "file_size": filesizeformat,
}
