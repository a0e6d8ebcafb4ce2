"""Figures as people read them, in the active language: names of rows, amounts, months."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import get_language

from gapura.kernel import clock
from gapura.kernel.money import Rupiah
from gapura.kernel.texts import N_, said
from gapura.reports.rules.pictures import MONEY, Picture, Row

TITLE = N_("Monthly report of oversight")
# Of days and months in rows only these shapes stand: 2026-11-23 and 2026-11.
_DAY, _MONTH = len("2026-11-23"), len("2026-11")


def _language() -> str:
    return "en" if get_language() == "en" else "id"


def month_name(month: date) -> str:
    """As `November 2026`."""
    return str(format_date(month, "MMMM y", locale=_language()))


def told_at(at: datetime) -> str:
    """A moment in Jakarta's time."""
    here = at.astimezone(ZoneInfo(clock.JAKARTA))
    return f"{format_date(here.date(), 'd MMMM y', locale=_language())} {here:%H.%M} WIB"


def label(picture: Picture, row: Row) -> str:
    """What a row is called: words as they are, or a message; days and months as people write."""
    if not row.said:
        return said(row.label)
    if picture.code == "sign_ins" and len(row.label) == _DAY:
        return str(format_date(date.fromisoformat(row.label), "d MMM", locale=_language()))
    if picture.code == "order_months" and len(row.label) == _MONTH:
        first = date.fromisoformat(f"{row.label}-01")
        return str(format_date(first, "MMM y", locale=_language()))
    return row.label


def column_words(picture: Picture) -> list[str]:
    """What the columns are called."""
    return [text if picture.said else said(text) for text in picture.columns]


def amount(picture: Picture, value: int) -> str:
    """A value with its thousands apart, in rupiah where it is money."""
    if picture.measure == MONEY:
        return str(Rupiah(Decimal(value)))
    return f"{value:,}".replace(",", ".")
