"""/account/activity: one's own life in the log, so that a stranger's deed is noticed."""

from uuid import UUID

from django.http import HttpResponse

from gapura.audit.events import Result
from gapura.audit.queries import Filters, LogRow, Whose, explore
from gapura.authentication.queries import device_name
from gapura.kernel.texts import N_
from gapura.web.account.tabs import tabs
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

HERE = "/account/activity"
RESULTS = {
    Result.DONE: (N_("Succeeded"), "teal"),
    Result.REFUSED: (N_("Refused"), "red"),
    Result.FAILED: (N_("Failed"), "orange"),
}


def show(request: Request) -> HttpResponse:
    """One page of it, newest first."""
    after = _after(request)
    page = explore(request.actor, Filters(after=after, size=25), Whose.MINE)
    zone = request.actor.grant.zone if request.actor.grant else "Asia/Jakarta"
    context = {
        "rows": page.rows,
        "places": {row.id: _place(row) for row in page.rows},
        "newest": HERE if after else "",
        "older": f"{HERE}?after={page.next}" if page.next else "",
        "results": RESULTS,
        "tabs": tabs(HERE),
        "zone": zone,
    }
    return render(request, "account/activity.html", context)


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
