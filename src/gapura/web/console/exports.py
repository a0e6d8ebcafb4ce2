"""/console/log/export: entries as a file, asked for with a reason, made in the background."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.audit.errors import BadExport, BadLogFilter, ExportOpen
from gapura.audit.queries import (
    LONGEST_REASON,
    MOST_ROWS,
    ExportView,
    Filters,
    export_for,
    exports_of,
    rows_to_export,
)
from gapura.audit.services import ask_for_export, fetch_export
from gapura.documents.queries import disposition
from gapura.journeys.assignments import under_assignment
from gapura.kernel.texts import N_
from gapura.kernel.throttle import TooMany
from gapura.web.console.log import zone_of
from gapura.web.console.log_form import LogForm, filters_of
from gapura.web.console.log_tabs import LOG, UNDER, archived_said, log_tabs, reader_of
from gapura.web.console.words import EMPTY
from gapura.web.shell.display import moment_exact, quantity, tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import Words

HERE = f"{LOG}/exports"
STATES: Words = {
    "making": (N_("Being made"), "yellow"),
    "ready": (N_("Ready"), "teal"),
    "failed": (N_("Not made"), "red"),
    "gone": (N_("Deleted"), "grey"),
}
WHY = {
    "rows": N_("Your search finds more entries than one file may hold. Choose a shorter time."),
    "size": N_("The file would be too large. Choose a shorter time."),
    "scope": N_("Your assignment ended before the file was made."),
}
_FORMATS = (
    ("csv", lazy("CSV, for any program")),
    ("xlsx", lazy("XLSX, for spreadsheets")),
    ("json", lazy("JSON, for programs")),
    ("parquet", lazy("Parquet, for analysis")),
)


class ExportForm(Form):
    """In which format, and what for."""

    form = ChoiceField(label=lazy("Format"), choices=_FORMATS)
    reason = TextField(
        label=lazy("What you need the entries for"),
        hint=lazy("For example the number of the audit. 10 to 300 characters."),
        longest=LONGEST_REASON,
        lines=True,
        rows=3,
        spelling=True,
    )


def new(request: Request) -> HttpResponse:
    """How many entries it would be, and the form; POST lets the file be made."""
    search = LogForm(request.POST if request.method == "POST" else request.GET)
    filters = _filters(request, search)
    if filters is None:
        return go_to(f"{LOG}?{urlencode(_query(request))}")
    form = ExportForm(request.POST if request.method == "POST" else None, initial={"form": "csv"})
    if form.is_bound and form.is_valid():
        try:
            found = ask_for_export(actor=reader_of(request), filters=filters, **form.cleaned_data)
        except BadExport as problem:
            form.take(problem)
        except (ExportOpen, TooMany) as problem:
            form.refuse("form", problem)
        else:
            return go_to(f"{HERE}/{found}")
    values = {"form": form, **_search(request, search, filters)}
    return render(request, "console/export_new.html", values, 422 if form.errors else 200)


def _search(request: Request, search: LogForm, filters: Filters) -> dict[str, Any]:
    """What would be in the file, for the page with the form."""
    query = _query(request)
    told = [(str(search[name].label), _said(search, name)) for name, _v in query if name != UNDER]
    return {
        "rows": rows_to_export(reader_of(request), filters),
        "most": MOST_ROWS,
        "most_said": quantity(MOST_ROWS),
        "query": query,
        "search": urlencode(query),
        "told": [{"key": key, "value": value} for key, value in told],
        "archived": archived_said(),
    }


def _said(search: LogForm, name: str) -> str:
    """What was chosen, in words where it was an option."""
    value = str(search[name].shown)
    return str(dict(getattr(search.fields[name], "choices", ())).get(value, value))


def _in_words(filters: Mapping[str, str]) -> str:
    """The filters of a file as the search names them."""
    search = LogForm(dict(filters))
    return ", ".join(
        f"{search[name].label}: {_said(search, name)}"
        if name in search.fields
        else f"{name}={value}"
        for name, value in filters.items()
    )


def show(request: Request) -> HttpResponse:
    """The own ones, newest first."""
    values = {
        "exports": [_line(one) for one in exports_of(request.actor)],
        "states": STATES,
        "tabs": log_tabs(request.actor, HERE),
        "zone": zone_of(request),
    }
    return render(request, "console/exports.html", values)


def one(request: Request, export_id: UUID) -> HttpResponse:
    """How far one is, and the way to it; a script asks for the middle part alone."""
    found = export_for(request.actor, export_id)
    if request.by_script:
        if not found.works:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "console/export_progress.html", {"export": found})
    values = {
        "export": found,
        "state": _state(found),
        "states": STATES,
        "why": tr(WHY[found.problem]) if found.problem else "",
        "facts": _facts(request, found),
    }
    return render(request, "console/export.html", values)


def file(request: Request, export_id: UUID) -> HttpResponse:
    """The file. A browser unpacks what is compressed by itself; others get it as it is kept."""
    found = export_for(request.actor, export_id)
    reader = request.actor
    if found.assignment:
        reader = under_assignment(reader, found.assignment)
    made = fetch_export(actor=reader, export_id=export_id)
    unpacks = "gzip" in request.headers.get("Accept-Encoding", "")
    packed_name = f"{made.name}.gz" if made.packed and not unpacks else made.name
    headers = {
        "Content-Disposition": disposition(packed_name),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    if made.packed and unpacks:
        headers |= {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    kind = made.media_type if unpacks or not made.packed else "application/gzip"
    return HttpResponse(made.content, content_type=kind, headers=headers)


def _filters(request: Request, search: LogForm) -> Filters | None:
    """What the address or the form searches for; None for what the log's page has to explain."""
    if not search.is_valid():
        return None
    try:
        return filters_of(search.cleaned_data, zone_of(request))
    except BadLogFilter:
        return None


def _query(request: Request) -> list[tuple[str, str]]:
    given = request.POST if request.method == "POST" else request.GET
    return [(name, given[name]) for name in (*LogForm.base_fields, UNDER) if given.get(name)]


def _state(found: ExportView) -> str:
    steps = ((found.works, "making"), (found.problem, "failed"), (found.can_be_fetched, "ready"))
    return next((state for holds, state in steps if holds), "gone")


def _line(found: ExportView) -> dict[str, Any]:
    return {
        "id": found.id,
        "number": found.number,
        "asked_at": found.asked_at,
        "format": found.format,
        "rows": found.rows,
        "expected": found.expected,
        "state": _state(found),
    }


def _facts(request: Request, found: ExportView) -> list[dict[str, Any]]:
    rows = [
        (_("Asked for"), moment_exact(found.asked_at, zone_of(request))),
        (_("Reason"), found.reason),
        (_("Filters used"), _in_words(found.filters) or EMPTY),
        (_("Entries"), quantity(found.rows if found.rows is not None else found.expected)),
        (_("Fingerprint of the file (SHA-256)"), found.sha256 or EMPTY),
    ]
    return [{"key": key, "value": value} for key, value in rows]
