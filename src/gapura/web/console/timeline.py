"""/console/log/{people,requests,orders,letters}/<id>: all that the log tells about one thing."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import urlencode

from gapura.audit.queries import Filters, LogPage
from gapura.audit.services import show_timeline
from gapura.kernel.clock import legal_day
from gapura.kernel.texts import N_
from gapura.web.console.log import zone_of
from gapura.web.console.log_lines import Lines
from gapura.web.console.log_tabs import LOG, archived_said, reader_of, under_query
from gapura.web.shell.display import day, tr
from gapura.web.shell.pages import View, render
from gapura.web.shell.requests import Request

# By the word in the address: the kind of subject, and the heading.
TIMELINES: dict[str, tuple[str, str]] = {
    "people": ("person", N_("Timeline of a person")),
    "requests": ("access_request", N_("Timeline of an access request")),
    "orders": ("order", N_("Timeline of an order")),
    "letters": ("letter", N_("Timeline of a letter")),
}
_WORDS = {kind: word for word, (kind, _title) in TIMELINES.items()}
_PAGE = 40


def timeline_of(kind: str, thing: str) -> str:
    """The address of a thing's timeline; empty for kinds that have none."""
    return f"{LOG}/{_WORDS[kind]}/{thing}" if kind in _WORDS and thing else ""


def timeline(word: str) -> View:
    """The page of one kind of thing; the id stands in the address."""
    kind, title = TIMELINES[word]

    def show(request: Request, **ids: UUID) -> HttpResponse:
        thing = str(next(iter(ids.values())))
        oldest = request.GET.get("order") == "oldest"
        place = _place(request)
        filters = Filters(size=_PAGE, oldest_first=oldest, **place)
        page = show_timeline(actor=reader_of(request), kind=kind, thing=thing, filters=filters)
        here = f"{LOG}/{word}/{thing}"
        return render(request, "console/timeline.html", _values(request, here, title, page))

    return show


def _values(request: Request, here: str, title: str, page: LogPage) -> dict[str, Any]:
    zone, oldest = zone_of(request), request.GET.get("order") == "oldest"
    kept = {name: request.GET[name] for name in ("under", "order") if request.GET.get(name)}
    turned = {**kept, "order": "newest" if oldest else "oldest"}
    lines = Lines(zone)
    days = groupby(page.rows, key=lambda row: legal_day(row.occurred_at, zone))
    return {
        "title": tr(title),
        "about": next((row.subject_label for row in page.rows if row.subject_id in here), ""),
        "days": [(day(when), [lines.line(row) for row in rows]) for when, rows in days],
        "verified": page.verified,
        "archived": archived_said(),
        "newer": _at(kept, "before", page.previous),
        "older": _at(kept, "after", page.next),
        "oldest": oldest,
        "turned": f"{here}?{urlencode(turned)}",
        "under": under_query(request),
        "zone": zone,
    }


def _at(kept: dict[str, str], name: str, entry: UUID | None) -> str:
    return f"?{urlencode({**kept, name: str(entry)})}" if entry else ""


def _place(request: Request) -> dict[str, Any]:
    """Where the page begins or ends; anything unreadable is the first page."""
    for name in ("before", "after"):
        try:
            return {name: UUID(request.GET.get(name, ""))}
        except ValueError:
            continue
    return {}
