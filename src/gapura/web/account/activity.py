"""/account/activity: one's own life in the log, so that a stranger's deed is noticed."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.access.queries import ROLES
from gapura.audit.events import Result
from gapura.audit.queries import Filters, LogPage, LogRow, Whose, explore, looked_at
from gapura.authentication.queries import device_name
from gapura.kernel.texts import N_
from gapura.web.account.tabs import tabs
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

HERE, LOOKED = "/account/activity", "/account/looked"
_VIEWS = ((N_("All"), HERE), (N_("Who looked at my data"), LOOKED))
RESULTS = {
    Result.DONE: (N_("Succeeded"), "teal"),
    Result.REFUSED: (N_("Refused"), "red"),
    Result.FAILED: (N_("Failed"), "orange"),
}


def show(request: Request) -> HttpResponse:
    """One page of it, newest first."""
    page = explore(request.actor, Filters(after=_after(request), size=25), Whose.MINE)
    return render(request, "account/activity.html", _values(request, page, HERE))


def looked(request: Request) -> HttpResponse:
    """Who looked at one's data: the entries of one's life in which somebody else only read."""
    page = looked_at(request.actor, Filters(after=_after(request), size=25))
    return render(request, "account/looked.html", _values(request, page, LOOKED))


def _values(request: Request, page: LogPage, here: str) -> dict[str, Any]:
    zone = request.actor.grant.zone if request.actor.grant else "Asia/Jakarta"
    return {
        "rows": page.rows,
        "places": {row.id: _place(row) for row in page.rows},
        "newest": here if _after(request) else "",
        "older": f"{here}?after={page.next}" if page.next else "",
        "results": RESULTS,
        "roles": {row.role: tr(ROLES[row.role].name) for row in page.rows if row.role in ROLES},
        "views": [
            {"text": tr(text), "href": href, "current": href == here} for text, href in _VIEWS
        ],
        "tabs": tabs(HERE),
        "zone": zone,
    }


def _after(request: Request) -> UUID | None:
    """Where the page before ended; anything else is the first page."""
    try:
        return UUID(request.GET.get("after", ""))
    except ValueError:
        return None


def _place(row: LogRow) -> str:
    """Device and address in short; whatever is hidden or erased stays the word that says so."""
    device = device_name(row.user_agent) or row.user_agent[:60]
    return ", ".join(part for part in dict.fromkeys((device, row.ip)) if part)
