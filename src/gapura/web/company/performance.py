"""GET /company/performance: what the company's own orders and ratings say of it."""

from typing import Any

from django.http import HttpResponse

from gapura.evaluations.queries import CRITERIA, own_performance
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.periods import period, periods
from gapura.web.shell.requests import Request
from gapura.web.shell.shares import MEASURES, told_interval, told_score, told_share

_ADDRESS = "/company/performance"


def show(request: Request) -> HttpResponse:
    """The same counts that buyers and auditors compare, of one's own company."""
    days = period(request)
    row = own_performance(request.actor, days)
    shares = [
        {"name": tr(MEASURES[name]), "told": told_share(share), "interval": told_interval(share)}
        for name in ("late", "mismatched", "cancelled")
        for share in (getattr(row, name),)
    ]
    means = row.ratings.means or {}
    values: dict[str, Any] = {
        "row": row,
        "shares": shares,
        "score": told_score(row),
        "means": [
            (tr(name), str(means[code]).replace(".", ","))
            for code, name in CRITERIA.items()
            if code in means
        ],
        "periods": periods(_ADDRESS, days),
        "days": days,
    }
    return render(request, "company/performance.html", values)
