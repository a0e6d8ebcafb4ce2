"""Names of agencies, kept for a day: an entry's page asks for them among eight other things."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from gapura.kernel import clock
from gapura.organizations.queries import agencies_by_code


def agency_names(codes: Iterable[str]) -> dict[str, str]:
    """By code; unknown ones are left out."""
    found = {}
    for code in codes:
        try:
            found[code] = _name(code, clock.today())
        except LookupError:
            continue
    return found


@lru_cache(2000)
def _name(code: str, _day: date) -> str:
    """What is not known is asked for again."""
    return agencies_by_code({code})[code].name
