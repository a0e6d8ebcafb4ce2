"""GET /requests/register: what was decided in a month, its recap, its units, and the files."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import RegisterTooLarge
from gapura.access.permissions import Can
from gapura.access.queries import (
    ROLES,
    RecapLine,
    RegisterFilters,
    RegisterRow,
    RegisterScope,
    UnitOfficers,
    completeness,
    recap,
    register_page,
)
from gapura.access.services import download_register
from gapura.documents.queries import disposition
from gapura.kernel import clock
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.web.requests.register_form import RegisterForm, query_of
from gapura.web.shell.display import moment, quantity, tr
from gapura.web.shell.pages import View, render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import REQUESTS

HERE = "/requests/register"
_TABS = {"": N_("Request register"), "recap": N_("Monthly recap"), "units": N_("Complete units")}
_NOT_KEPT = {
    # Should a browser show the file all the same, it runs and loads nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def register(request: Request) -> HttpResponse:
    """One page of 40, the newest decision first."""
    form = RegisterForm(request.actor, request.GET)
    if not form.is_valid():
        return _wrong(request, form)
    filters = replace(form.filters, after=request.GET.get("after", "")[:100])
    page = register_page(request.actor, filters)
    form.offer(page)
    first = replace(filters, after="")
    values = {
        "filter": form,
        "lines": [_line(row) for row in page.rows],
        "opens": may(request.actor, Can.SEE_QUEUE),
        "newest": f"?{query_of(first)}" if filters.after else "",
        "older": f"?{query_of(first, after=page.next)}" if page.next else "",
    }
    return _shown(request, "", first, page.scope, values)


def month_recap(request: Request) -> HttpResponse:
    """Counts and median hours by unit and role."""
    form = RegisterForm(request.actor, request.GET, "month", "agency")
    if not form.is_valid():
        return _wrong(request, form)
    found = recap(request.actor, form.filters)
    values = {
        "filter": form,
        "lines": [_counts(line) for line in found.lines],
        "total": _counts(found.total),
    }
    return _shown(request, "recap", form.filters, found.scope, values)


def units(request: Request) -> HttpResponse:
    """Which units have no working PPK or no working PP today."""
    form = RegisterForm(request.actor, request.GET, "month", "agency")
    if not form.is_valid():
        return _wrong(request, form)
    found = completeness(request.actor, form.filters)
    lacking = [_unit(one) for one in found.units if not one.complete]
    values = {"filter": form, "lines": lacking, "complete": found.complete, "all": len(found.units)}
    return _shown(request, "units", form.filters, found.scope, values)


def file(kind: str) -> View:
    """The page of one kind of file; taking it is recorded."""

    def download(request: Request) -> HttpResponse:
        form = RegisterForm(request.actor, request.GET)
        if not form.is_valid():
            return _wrong(request, form)
        try:
            found = download_register(actor=request.actor, filters=form.filters, kind=kind)
        except RegisterTooLarge as problem:
            form.take(problem)
            return _wrong(request, form)
        headers = {"Content-Disposition": disposition(found.name), **_NOT_KEPT}
        return HttpResponse(found.content, content_type=found.media_type, headers=headers)

    return download


def _wrong(request: Request, form: RegisterForm) -> HttpResponse:
    values = {"form": form, "filter": form, "views": _views("", ""), "lines": [], "scope": None}
    return render(request, "requests/register.html", values, 422)


def _shown(
    request: Request,
    tab: str,
    filters: RegisterFilters,
    scope: RegisterScope,
    values: dict[str, Any],
) -> HttpResponse:
    query = query_of(filters)
    bare = query_of(RegisterFilters(filters.month, filters.agency))
    common = {
        "form": None,
        "scope": scope,
        "views": _views(tab, bare),
        "query": query,
        "clear": f"{HERE}?{bare}" if query != bare else "",
        "is_platform": not request.actor.agency,
    }
    name = f"register_{tab}" if tab else "register"
    return render(request, f"requests/{name}.html", {**common, **values})


def _views(tab: str, query: str) -> list[dict[str, Any]]:
    rest = f"?{query}" if query else ""
    return [
        {
            "text": tr(text),
            "href": f"{HERE}/{name}{rest}" if name else f"{HERE}{rest}",
            "current": name == tab,
        }
        for name, text in _TABS.items()
    ]


def _line(row: RegisterRow) -> dict[str, Any]:
    state, color = REQUESTS[row.outcome]
    return {
        "id": row.id,
        "reference": row.reference,
        "applicant": row.applicant,
        "role": tr(ROLES[row.role].name),
        "place": row.place,
        "letter": row.letter,
        "submitted": moment(row.submitted_at, clock.JAKARTA),
        "decided": moment(row.decided_at, clock.JAKARTA),
        "by": row.decided_by,
        "state": tr(state),
        "color": color,
        "hours": _hours(row.hours),
    }


def _counts(line: RecapLine) -> dict[str, Any]:
    return {
        "place": line.place,
        "role": tr(ROLES[line.role].name) if line.role else "",
        "numbers": (line.submitted, line.approved, line.rejected, line.sent_back, line.escalated),
        "hours": "" if line.hours is None else _hours(line.hours),
    }


def _unit(one: UnitOfficers) -> dict[str, Any]:
    held = [_("Yes") if role in one.held else _("No") for role in ("ppk", "pp")]
    return {"code": one.code, "name": one.name, "held": held}


def _hours(hours: float) -> str:
    """With one decimal, as people here write it."""
    return quantity(Decimal(round(hours * 10)) / 10)
