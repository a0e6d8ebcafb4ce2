"""GET /people/expiring: whose access ends soon, and the way to renew one or many."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import (
    ROLES,
    Ending,
    EndingLetter,
    ending_letters,
    ending_soon,
    notice_days,
)
from gapura.kernel import clock
from gapura.kernel.permissions import may
from gapura.organizations import permissions as organizations
from gapura.web.shell.days import PlainDayField
from gapura.web.shell.display import day, tr
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

HERE = "/people/expiring"
_LETTER = "letter"


class UntilForm(Form):
    """A GET form; without a day the next sixty days are shown."""

    until = PlainDayField(label=lazy("Ending until"), required=False)


def show(request: Request) -> HttpResponse:
    """One page of the list, soonest first; with `by=letter` the letters that most rest on.

    To count by letter takes a look at all that ends, so it is done when somebody asks for it.
    """
    form = UntilForm(request.GET)
    values = {
        "form": form,
        "by": _by(request),
        "year_end": _address(request, until=date(clock.today().year, 12, 31).isoformat()),
        "steps": ", ".join(str(days) for days in notice_days()),
        "renews": may(request.actor, organizations.Can.ENTER_LETTER),
        "views": _views(request),
    }
    if not form.is_valid():
        nothing = {"lines": [], "letters": [], "newest": "", "older": "", "clear": ""}
        return render(request, "people/expiring.html", values | nothing, 422)
    return render(request, "people/expiring.html", values | _found(request, form))


def _by(request: Request) -> str:
    """The way to look at it: `letter`, or officer by officer."""
    return _LETTER if request.GET.get("by") == _LETTER else ""


def _address(request: Request, **asked: str) -> str:
    """The page with what is asked, in the way that is shown now."""
    given = {name: text for name, text in {**asked, "by": _by(request)}.items() if text}
    return f"{HERE}?{urlencode(given)}" if given else HERE


def _views(request: Request) -> list[dict[str, Any]]:
    """The two ways to look at it, with the day that was chosen."""
    until = request.GET.get("until", "")
    kept = {"until": until} if until else {}
    by_letter = bool(_by(request))
    one, other = urlencode(kept), urlencode({**kept, "by": _LETTER})
    return [
        {"text": _("Officer by officer"), "href": f"?{one}", "current": not by_letter},
        {"text": _("By letter"), "href": f"?{other}", "current": by_letter},
    ]


def _found(request: Request, form: Form) -> dict[str, Any]:
    until, cursor = form.cleaned_data["until"], _cursor(request)
    kept = {"until": until.isoformat()} if until else {}
    clear = _address(request) if kept else ""
    nothing = {"lines": [], "letters": [], "newest": "", "older": "", "clear": clear}
    if _by(request):
        letters = ending_letters(request.actor, until=until)
        return nothing | {"letters": [_letter(row) for row in letters]}
    found, after = ending_soon(request.actor, until=until, after=cursor)
    older = {**kept, "after": f"{after[0].isoformat()}_{after[1]}"} if after else {}
    return nothing | {
        "lines": [_line(row) for row in found],
        "newest": f"?{urlencode(kept)}" if cursor else "",
        "older": f"?{urlencode(older)}" if older else "",
    }


def _line(row: Ending) -> dict[str, Any]:
    state, color = "", ""
    if row.renewed:
        state, color = _("Renewed"), "green"
    elif row.asked:
        state, color = _("Renewal asked for"), "blue"
    return {
        "name": row.name,
        "username": row.username,
        "role": tr(ROLES[row.role].name),
        "unit": row.unit_name,
        "letter": row.letter,
        "reference": row.letter_reference,
        "number": row.letter_number,
        "last_day": day(row.last_day),
        "left": (row.last_day - clock.today()).days,
        "state": state,
        "color": color,
    }


def _letter(row: EndingLetter) -> dict[str, Any]:
    return {
        "number": row.number,
        "reference": row.reference,
        "officers": row.officers,
        "soonest": day(row.soonest),
        "href": f"/letters/{row.letter}",
        "again": f"/letters/new?from={row.letter}" if row.registered else "",
    }


def _cursor(request: Request) -> tuple[date, UUID] | None:
    """Where the page before ended; anything unreadable begins at the start."""
    last, _, grant = request.GET.get("after", "").partition("_")
    try:
        return date.fromisoformat(last), UUID(grant)
    except ValueError:
        return None
