"""GET /oversight/suppliers: how suppliers carried out their orders, as a table and as dots."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.evaluations.queries import CRITERIA, Performance, Share, SupplierPage, suppliers
from gapura.kernel.texts import N_, said
from gapura.web.oversight.charts import Point, draw_dots
from gapura.web.oversight.shapes import Drawing
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.periods import period, periods
from gapura.web.shell.requests import Request
from gapura.web.shell.shares import MEASURES, told_interval, told_score, told_share

_ADDRESS = "/oversight/suppliers"
_LONGEST = 100


def show(request: Request) -> HttpResponse:
    """25 suppliers a page; `by` is what the dots show, `of=all` counts all agencies' orders."""
    days, by = period(request), request.GET.get("by", "")
    by = by if by in MEASURES else "late"
    text, number = request.GET.get("q", "")[:_LONGEST], request.GET.get("page", "")
    page = page_number(number)
    own = request.GET.get("of") != "all"
    found = suppliers(request.actor, text=text, page=max(page, 1), days=days, own=own)
    kept = {"q": text, "of": "" if found.agency else "all", "by": by}
    kept = {name: value for name, value in kept.items() if value}
    values: dict[str, Any] = {
        "found": found,
        "rows": [_line(row) for row in found.rows],
        "drawing": plot(found.rows, by),
        "by": said(MEASURES[by]),
        "measures": _links(kept, days, "by", MEASURES, by),
        "periods": periods(_ADDRESS, days, **kept),
        "scopes": _scopes(request, kept, days, found),
        "criteria": [(said(name), found.weights[code]) for code, name in CRITERIA.items()],
        "text": text,
        "days": days,
        "previous": _address(kept, days, page - 1) if page > 1 else "",
        "next": _address(kept, days, page + 1) if found.more else "",
    }
    return render(request, "oversight/suppliers.html", values)


def plot(rows: tuple[Performance, ...], by: str) -> Drawing:
    """The dots of one measure; shares from 0 to 100 %, ratings from 1 to 5."""
    if by == "score":
        points = [Point(row.name, told_score(row), *_place(row)) for row in rows]
        ends = ("1", "5")
    else:
        points = [_point(row, getattr(row, by)) for row in rows]
        ends = ("0 %", "100 %")
    title = _("Chart: %(title)s. The same numbers are in the table below it.")
    return draw_dots(f"suppliers-{by}", title % {"title": said(MEASURES[by])}, points, ends)


def _line(row: Performance) -> dict[str, Any]:
    shares = {
        name: {"told": told_share(share), "interval": told_interval(share)}
        for name in ("late", "mismatched", "cancelled")
        for share in (getattr(row, name),)
    }
    return {"name": row.name, "accepted": row.accepted, "score": told_score(row), **shares}


def _point(row: Performance, share: Share) -> Point:
    return Point(row.name, told_share(share), share.share, share.low, share.high)


def _place(row: Performance) -> tuple[float | None, float | None, float | None]:
    if row.ratings.score is None:
        return None, None, None
    at = (float(row.ratings.score) - 1) / 4
    return at, at, at


def _links(
    kept: dict[str, str], days: int, name: str, words: dict[str, str], chosen: str
) -> list[dict[str, Any]]:
    return [
        {
            "text": said(word),
            "href": f"{_ADDRESS}?{urlencode({**kept, name: code, 'days': days})}",
            "current": code == chosen,
        }
        for code, word in words.items()
    ]


def _scopes(
    request: Request, kept: dict[str, str], days: int, found: SupplierPage
) -> list[dict[str, Any]]:
    """The own agency's orders or all; nothing to choose for who has no agency."""
    if not request.actor.agency:
        return []
    words = {"own": N_("Orders of your agency"), "all": N_("Orders of all agencies")}
    return _links(kept, days, "of", words, "own" if found.agency else "all")


def _address(kept: dict[str, str], days: int, page: int) -> str:
    return "?" + urlencode({**kept, "days": days, "page": page})
