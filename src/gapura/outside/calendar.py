"""The holidays of a year as worked out by the `holidays` package, for years nobody published."""

from datetime import date
from functools import lru_cache

from holidays import GOVERNMENT, PUBLIC, country_holidays

from gapura.outside.answers import Holiday

_KINDS = ((GOVERNMENT, "joint_leave"), (PUBLIC, "national"))


@lru_cache(32)
def worked_out(year: int) -> tuple[Holiday, ...]:
    """National holidays and joint leave of `year`; movable feasts of later years are estimates."""
    found: dict[date, Holiday] = {}
    for category, kind in _KINDS:
        days = country_holidays("ID", years=year, categories=category, language="id")
        found |= {day: Holiday(day, name, kind) for day, name in days.items()}
    return tuple(found[day] for day in sorted(found))
