"""GET /people/reviews and one of them: how far it is, and the accesses to answer for."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.queries import (
    LINE_TABS,
    REVIEW_LEVELS,
    DeskProgress,
    ReviewRow,
    can_open,
    lines_of,
    powers,
    progress_of,
    review_for,
    reviews_for,
)
from gapura.kernel import clock
from gapura.web.people.reviews.words import HERE, TABS, head_of, line_of, name_of
from gapura.web.shell.display import day, tr
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request


def listing(request: Request) -> HttpResponse:
    """The reviews that one takes part in, the newest first; when the next one should begin."""
    page = page_number(request.GET.get("page", ""))
    found = reviews_for(request.actor, page=page)
    opens = can_open(request.actor)
    values = {
        "rows": [head_of(row) for row in found.rows],
        "opens": opens,
        "is_platform": not request.actor.agency,
        "due": _due(found.due_on) if opens else "",
        "previous": f"?page={page - 1}" if page > 1 else "",
        "next": f"?page={page + 1}" if found.more else "",
    }
    return render(request, "people/reviews/list.html", values)


def _due(due: Any) -> str:
    if due is None:
        return ""
    if due <= clock.today():
        return _("The yearly access review of your agency is due. Open it now.")
    return _("The next yearly access review begins by %(day)s.") % {"day": day(due)}


def one(request: Request, review_id: UUID) -> HttpResponse:
    """One review: its days, its desks, and one page of its accesses."""
    return shown(request, review_id)


def shown(
    request: Request, review_id: UUID, form: Form | None = None, status: int = 200
) -> HttpResponse:
    """The page, also with what was wrong with an answer."""
    found = review_for(request.actor, review_id)
    tab = _tab(request, found)
    number = page_number(request.GET.get("page", ""))
    page = lines_of(request.actor, found, tab=tab, page=number)
    may = powers(request.actor, found)
    values = {
        "form": form,
        "found": head_of(found),
        "may": may,
        "desks": [_desk(row) for row in progress_of(request.actor, found)],
        "tab": tab,
        "tabs": [_view(found, name, tab) for name in _tabs(found)],
        "lines": [line_of(row) for row in page.rows],
        "answers": any(row.mine for row in page.rows),
        "zone": clock.JAKARTA,
        "previous": f"?tab={tab}&page={number - 1}" if number > 1 else "",
        "next": f"?tab={tab}&page={number + 1}" if page.more else "",
        "name": name_of(found),
    }
    return render(request, "people/reviews/one.html", values, status)


def _tabs(found: ReviewRow) -> list[str]:
    """One's own to answer only where there is something, or while it runs."""
    return [name for name in LINE_TABS if name != "mine" or found.mine or found.is_open]


def _tab(request: Request, found: ReviewRow) -> str:
    asked = request.GET.get("tab", "")
    if asked in _tabs(found):
        return asked
    return "mine" if found.mine else "all"


def _view(found: ReviewRow, name: str, current: str) -> dict[str, Any]:
    view = {"text": tr(TABS[name]), "href": f"?tab={name}", "current": name == current}
    return view | ({"count": found.mine} if name == "mine" else {})


def _desk(row: DeskProgress) -> dict[str, Any]:
    level = tr(REVIEW_LEVELS[row.level])
    return {
        "who": f"{row.unit_name}" if row.unit_name and row.level == "unit" else level,
        "was": row.unit_name if row.unit_name and row.level != "unit" else "",
        "is_unit": row.level == "unit",
        "total": row.total,
        "open": row.open,
        "confirmed": row.confirmed,
        "removed": row.removed,
        "gone": row.gone,
        "unanswered": row.unanswered,
    }


def back(review_id: UUID, tab: str = "") -> str:
    """The address of one review."""
    return f"{HERE}/{review_id}?tab={tab}" if tab else f"{HERE}/{review_id}"
