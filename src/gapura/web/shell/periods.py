"""The choice of a period of figures: so many days until today."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import ngettext

from gapura.evaluations.queries import PERIODS
from gapura.web.shell.requests import Request

_USUAL = 90


def period(request: Request) -> int:
    """The chosen number of days; 90 for anything else."""
    chosen = request.GET.get("days", "")
    return int(chosen) if chosen in {str(days) for days in PERIODS} else _USUAL


def periods(address: str, days: int, **kept: str) -> list[dict[str, Any]]:
    """The links to the three periods."""
    return [
        {
            "text": ngettext("%(num)s day", "%(num)s days", each) % {"num": each},
            "href": f"{address}?{urlencode({'days': each, **kept})}",
            "current": each == days,
        }
        for each in PERIODS
    ]
