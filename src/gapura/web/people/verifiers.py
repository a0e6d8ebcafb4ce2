"""GET /people/verifiers: who verifies an agency; for the platform, where verifiers are missing."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.permissions import Can
from gapura.access.queries import (
    DEFINITIVE,
    STANDING_NAMES,
    ShortAgency,
    Verifier,
    short_agencies,
    verifiers_for,
)
from gapura.kernel.permissions import may
from gapura.web.shell.display import day, tr
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import GRANTS

HERE = "/people/verifiers"
_FARTHEST = 10_000


class SearchForm(Form):
    """A GET form: words of an agency's name."""

    text = TextField(label=lazy("Name of the agency"), longest=100, required=False)


def show(request: Request) -> HttpResponse:
    """The agency's own verifiers; the platform gets the agencies that lack some, or one of them."""
    asked = request.GET.get("agency", "")[:20]
    if request.actor.agency or asked:
        return _agency(request, asked)
    return _agencies(request)


def _agency(request: Request, code: str) -> HttpResponse:
    found = verifiers_for(request.actor, code)
    values = {
        "found": found,
        "lines": [_line(row) for row in found.rows],
        "missing": max(0, found.least - found.working),
        "is_platform": not request.actor.agency,
        "may_delegate": may(request.actor, Can.DELEGATE),
    }
    return render(request, "people/verifiers.html", values)


def _agencies(request: Request) -> HttpResponse:
    form = SearchForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    start = request.GET.get("start", "")
    first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 0
    found = short_agencies(request.actor, text=text, start=min(first, _FARTHEST))
    kept = {"text": text} if text else {}
    after = urlencode({**kept, "start": found.next or 0})
    values = {
        "form": form if form.errors else None,
        "filter": form,
        "found": found,
        "lines": [_short(row) for row in found.rows],
        "newest": f"{HERE}?{urlencode(kept)}" if first else "",
        "older": f"{HERE}?{after}" if found.next else "",
        "clear": HERE if text else "",
    }
    return render(request, "people/verifiers_missing.html", values, 422 if form.errors else 200)


def _line(row: Verifier) -> dict[str, Any]:
    state, color = GRANTS[row.state]
    if row.state == "active" and not row.works:
        said, color = _("Does not work today"), "orange"
    else:
        said = tr(state)
    standing = "" if row.standing == DEFINITIVE else tr(STANDING_NAMES[row.standing])
    return {
        "name": row.name,
        "username": row.username,
        "where": row.unit_name or _("The whole agency"),
        "bounded": bool(row.unit_name),
        "standing": standing,
        "principal": row.principal,
        "until": day(row.until) if row.until else _("no end"),
        "state": said,
        "color": color,
    }


def _short(row: ShortAgency) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "working": row.working,
        "waiting": row.waiting,
        "href": f"{HERE}?{urlencode({'agency': row.code})}",
    }
