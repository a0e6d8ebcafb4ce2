"""/console/cases: requests for help that this role may answer, by state."""

from typing import Any

from django.http import HttpResponse

from gapura.helpdesk.queries import OPEN, PAGE, CaseRow, cases_for, counts_for
from gapura.organizations.queries import agencies_by_code
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import CASES

_LAST_PAGE = 1000


def show(request: Request) -> HttpResponse:
    """One state's cases, 40 a page; without a state the open ones."""
    state = request.GET.get("state", OPEN)
    state = state if state in CASES else OPEN
    page = _number(request.GET.get("page", ""))
    counts = counts_for(request.actor)
    rows = cases_for(request.actor, state, page)
    values = {
        "rows": rows,
        "agencies": _agencies(rows),
        "tabs": [_tab(each, counts[each], state) for each in CASES],
        "state": state,
        "states": CASES,
        "page": page,
        "pages": -(-counts[state] // PAGE),
        "zone": request.actor.grant.zone if request.actor.grant else "",
    }
    return render(request, "console/cases.html", values)


def _tab(state: str, count: int, current: str) -> dict[str, Any]:
    return {
        "text": tr(CASES[state][0]),
        "href": f"?state={state}",
        "count": count,
        "current": state == current,
    }


def _agencies(rows: list[CaseRow]) -> dict[str, str]:
    codes = {row.agency for row in rows if row.agency}
    return {code: view.name for code, view in agencies_by_code(codes).items()} if codes else {}


def _number(text: str) -> int:
    """A page number; anything else is the first page."""
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return 1
    return min(max(int(text), 1), _LAST_PAGE)
