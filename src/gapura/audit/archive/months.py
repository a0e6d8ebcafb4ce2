"""Months of the log: those (in UTC) that ids begin with, their names and bounds. No database."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

_NAME = re.compile(r"(20\d\d|19[7-9]\d)-(0[1-9]|1[0-2])")


def month_of(entry: UUID) -> date:
    """The first day of the month in which an id was made."""
    made = datetime.fromtimestamp((entry.int >> 80) / 1000, UTC)
    return made.date().replace(day=1)


def first_id_of(month: date) -> UUID:
    """The smallest id of the month; `audit_first_id` in the database says the same."""
    start = datetime(month.year, month.month, 1, tzinfo=UTC)
    return UUID(int=int(start.timestamp()) * 1000 << 80)


def shifted(month: date, by: int) -> date:
    """The first day of the month so many months later."""
    years, index = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(years, index + 1, 1)


def said(month: date) -> str:
    """As it is written in commands and in the log: 2026-11."""
    return month.strftime("%Y-%m")


def read(text: str) -> date | None:
    """The first day of the month named so; None for what names none."""
    found = _NAME.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None
