"""GET /orders: the orders of the reader's unit, company, treasury, agency or desk, by tab."""

from typing import Any

from django.http import HttpResponse

from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.purchasing.permissions import Can
from gapura.purchasing.queries import PAGE, Board, board
from gapura.web.orders.words import tables
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

_LAST_PAGE = 1000
_LONGEST_NUMBER = 4
BUYERS = frozenset({"pp", "ppk"})
# The sentence under the heading, by role.
LEADS = {
    "pp": N_("Orders of your unit. Make a new one from your unit's list."),
    "ppk": N_("Orders of your unit. What waits for your review or signature is marked."),
    "admin_perusahaan": N_("Offers and orders of your company."),
    "staf_perusahaan": N_("Offers and orders of your company."),
    "bendahara": N_("Orders of your unit that can be paid, and those that were."),
    "apip": N_("Orders of your agency, for reading only. Each one you open is recorded."),
    "pa": N_("Orders of your unit, for reading."),
    "kpa": N_("Orders of your unit, for reading."),
    "helpdesk": N_("Orders that one side asked to cancel."),
    "admin_platform": N_("Orders that one side asked to cancel."),
}
# The tab that opens by itself where the first one is not the work of that role.
FIRST = {"ppk": "review"}


def show(request: Request) -> HttpResponse:
    """One tab, 25 a page."""
    role = request.actor.role
    found = board(
        request.actor, request.GET.get("tab", FIRST.get(role, ""))[:20], page_number(request)
    )
    values: dict[str, Any] = {
        "found": found,
        "tabs": [_tab(found, n) for n in range(len(found.tabs))],
        "tab_name": next(tab.name for tab in found.tabs if tab.code == found.tab),
        "pages": -(-found.total // PAGE),
        "base": f"?tab={found.tab}&page=",
        "lead": LEADS.get(role, ""),
        "buys": role in BUYERS,
        "watches": may(request.actor, Can.SEE_SPLITTING),
        "sells": bool(request.actor.grant and request.actor.grant.company),
        **tables(),
    }
    return render(request, "orders/board.html", values)


def _tab(found: Board, number: int) -> dict[str, Any]:
    tab = found.tabs[number]
    return {
        "text": tr(tab.name),
        "href": f"?tab={tab.code}",
        "value": tab.code,
        "count": tab.count,
        "current": tab.code == found.tab,
    }


def page_number(request: Request) -> int:
    """A page number; anything else is the first page."""
    text = request.GET.get("page", "")
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_NUMBER:
        return 1
    return min(max(int(text), 1), _LAST_PAGE)
