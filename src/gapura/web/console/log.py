"""/console/log: who did what, filtered, newest first, each entry with its mark of proof."""

from functools import lru_cache
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.template import loader
from django.utils.http import urlencode
from django.utils.translation import get_language
from markupsafe import Markup

from gapura.audit.errors import BadLogFilter
from gapura.audit.queries import PAGE, Filters, LogPage, Whose, log_views
from gapura.audit.services import explore_log
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.web.console.log_form import HIDDEN, LogForm, filters_of
from gapura.web.console.log_lines import Lines
from gapura.web.console.log_tabs import (
    LOG,
    UNDER,
    archived_said,
    log_tabs,
    reading,
    under_query,
)
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

Kept = tuple[tuple[str, str], ...]
_PERSONAL = frozenset({"actor", "subject", "text", "address", "agency", UNDER, *HIDDEN})
# Combinations of days and options whose form is kept ready.
_KEPT = 128


def show(request: Request) -> HttpResponse:
    """One page. That somebody looked is recorded with the filters they used."""
    reader, under = reading(request)
    form = LogForm(request.GET)
    page = _page(request, reader, form) if form.is_valid() else None
    values = {**_values(request, form, page), **under}
    return render(request, "console/log.html", values, 200 if page else 422)


def _page(request: Request, reader: Actor, form: LogForm) -> LogPage | None:
    """The page that was asked for; None for a filter that holds something else after all."""
    try:
        filters = read_filters(request, form, size=PAGE, **_place(request))
    except BadLogFilter as problem:
        form.refuse(str(problem.values["field"]), problem)
        return None
    return explore_log(actor=reader, filters=filters, whose=Whose.OVERSEEN)


def read_filters(request: Request, form: LogForm, **more: Any) -> Filters:
    """What a sound form asks for; days and times are those of the reader's place."""
    return filters_of(form.cleaned_data, zone_of(request), **more)


def zone_of(request: Request) -> str:
    """In which zone the reader sees times."""
    grant = request.actor.grant
    return grant.zone if grant else clock.JAKARTA


def kept_of(request: Request, form: LogForm) -> Kept:
    """What of the address is the search: its filters, and the assignment it is made under."""
    names = (*form.fields, UNDER)
    return tuple((name, request.GET[name]) for name in names if request.GET.get(name))


def _values(request: Request, form: LogForm, page: LogPage | None) -> dict[str, Any]:
    kept = kept_of(request, form)
    grant, zone = request.actor.grant, zone_of(request)
    lines = Lines(zone)
    narrowed = [pair for pair in kept if pair[0] != UNDER]
    return {
        "form": form,
        "filters": _filters(form, kept, wide=not request.actor.agency),
        "log": page,
        "clear": f"{LOG}{under_query(request)}" if narrowed else "",
        "search": urlencode(kept),
        "only": _only(form, kept),
        "newer": _at(kept, "before", page.previous if page else None),
        "older": _at(kept, "after", page.next if page else None),
        "lines": [lines.line(row) for row in page.rows] if page else [],
        "under": under_query(request),
        "views": _views(request.actor),
        "tabs": log_tabs(request.actor, LOG),
        "archived": archived_said(),
        "zone": zone,
        "place": grant.place if grant else "",
    }


def _at(kept: Kept, name: str, entry: UUID | None) -> str:
    return f"?{urlencode([*kept, (name, str(entry))])}" if entry else ""


def _only(form: LogForm, kept: Kept) -> list[dict[str, str]]:
    """What a link has narrowed, each with the address without it."""
    found = [pair for pair in kept if pair[0] in HIDDEN]
    return [
        {
            "name": str(form[name].label),
            "value": value,
            "without": f"{LOG}?{urlencode([pair for pair in kept if pair[0] != name])}",
        }
        for name, value in found
    ]


def _views(actor: Actor) -> list[dict[str, Any]]:
    return [
        {"name": view.name, "href": f"{LOG}?{urlencode(view.query)}", "shared": not view.own}
        for view in log_views(actor)
    ]


def _filters(form: LogForm, kept: Kept, *, wide: bool) -> Markup:
    """The form as HTML. Its forty options would take a tenth of the page's time, so it is kept
    where all that was chosen is a day or an option: not with names and numbers of people in it.
    """
    if form.errors or not _PERSONAL.isdisjoint(name for name, _value in kept):
        return _as_html(form, kept, wide)
    return _kept_html(get_language(), kept, wide)


@lru_cache(_KEPT)
def _kept_html(_language: str | None, kept: Kept, wide: bool) -> Markup:
    return _as_html(LogForm(dict(kept)), kept, wide)


def _as_html(form: LogForm, kept: Kept, wide: bool) -> Markup:
    given = dict(kept)
    narrowed = [name for name in given if name != UNDER]
    values = {
        "form": form,
        "clear": LOG + (f"?{urlencode({UNDER: given[UNDER]})}" if UNDER in given else ""),
        "narrowed": bool(narrowed),
        "hidden": [(name, given[name]) for name in (UNDER, *HIDDEN) if name in given],
        "wide": wide,
    }
    html = loader.get_template("console/log_filters.html").render(values)
    return Markup(html)  # noqa: S704 - made by a template that escapes


def _place(request: Request) -> dict[str, UUID]:
    """Where the page begins or ends; anything unreadable begins at the newest."""
    for name in ("before", "after"):
        try:
            return {name: UUID(request.GET.get(name, ""))}
        except ValueError:
            continue
    return {}
