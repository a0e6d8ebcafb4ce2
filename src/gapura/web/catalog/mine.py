"""/catalog/mine: a company's products by state, each with what to do next."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.catalog.permissions import Can
from gapura.catalog.queries import PAGE, STATES, OwnPage, OwnRow, own_products
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.web.catalog.looks import looks
from gapura.web.catalog.search_form import page_number
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

# The next act by state of the product and of its newer version: what it is called, which page.
_NEXT = {
    ("draft", ""): (N_("Complete and send"), ""),
    ("in_review", ""): (N_("Wait for the curator"), ""),
    ("needs_fix", ""): (N_("Correct and send again"), ""),
    ("listed", "draft"): (N_("Send the changes"), ""),
    ("listed", "in_review"): (N_("Wait for the curator"), ""),
    ("listed", "rejected"): (N_("Correct the changes"), "/edit"),
    ("frozen", ""): (N_("Read the reason"), ""),
    ("taken_down", ""): (N_("Read the reason"), ""),
    ("withdrawn", ""): (N_("Bring it back"), ""),
    ("listed", ""): (N_("Price and stock"), ""),
}
_EMPTY_STOCK = (N_("Fill up the stock"), "/stock")
_SEE = (N_("Open"), "")


def show(request: Request) -> HttpResponse:
    """One page of the board."""
    asked = request.GET.get("state", "")
    state = asked if asked in STATES else ""
    page = page_number(request.GET.get("page", ""))
    found = own_products(request.actor, state, page)
    grant = request.actor.grant
    values = {
        "found": found,
        "rows": [(row, *_next(row)) for row in found.rows],
        "state": state,
        "tabs": _tabs(found, state),
        "page": page,
        "pages": -(-found.total // PAGE),
        "base": f"/catalog/mine?state={state}&page=" if state else "/catalog/mine?page=",
        "place": grant.place if grant else "",
        "zone": grant.zone if grant else "Asia/Jakarta",
        "looks": looks(),
        "may_upload": may(request.actor, Can.DRAFT),
    }
    return render(request, "catalog/mine.html", values)


def _next(row: OwnRow) -> tuple[str, str]:
    """What to do with it next, and where."""
    state = row.card.state
    empty = state == "listed" and not row.pending and not row.card.stock
    known = _NEXT.get((state, row.pending)) or _NEXT.get((state, ""), _SEE)
    text, page = _EMPTY_STOCK if empty else known
    return tr(text), f"/catalog/{row.card.id}{page}"


def _tabs(found: OwnPage, state: str) -> list[dict[str, Any]]:
    """All of them, then the states that hold something (and the one that is open)."""
    every = sum(found.counts.values())
    rows = [{"text": _("All"), "href": "/catalog/mine", "count": every, "current": not state}]
    for code, name in STATES.items():
        count = found.counts.get(code, 0)
        if count or code == state:
            href = f"/catalog/mine?state={code}"
            rows.append({"text": tr(name), "href": href, "count": count, "current": code == state})
    return rows
