"""/oversight/alerts: what the rules found, and one of them with its evidence and its outcome."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.audit.queries import Filters, Whose
from gapura.audit.services import explore_log
from gapura.kernel.actor import Actor
from gapura.kernel.problems import FieldProblems
from gapura.kernel.texts import N_
from gapura.reports.errors import AnotherIsOpen
from gapura.reports.queries import TABS, AlertView, alert_for, alerts_for
from gapura.reports.services import DISPOSALS, reopen_alert, take_alert
from gapura.web.console.log_lines import Lines, LogLine
from gapura.web.console.log_tabs import UNDER, reading, under_query
from gapura.web.oversight.alert_forms import DisposeForm, ReopenForm
from gapura.web.oversight.alert_words import sentence_of, words
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request, go_to

HERE = "/oversight/alerts"
NAMES = {
    "open": N_("Open alerts"),
    "worth": N_("Acted on and findings"),
    "explained": N_("Explained"),
    "all": N_("All of them"),
}


def show(request: Request) -> HttpResponse:
    """One tab, 40 a page: open ones first, the newest of them first.

    An auditor may read those that an assignment opens, as in the log.
    """
    reader, under = reading(request)
    given = {name: request.GET.get(name, "")[:40] for name in ("tab", "rule", "agency", "page")}
    tab = given["tab"] if given["tab"] in TABS else "open"
    page = page_number(given["page"])
    chosen = {"rule": given["rule"], "agency": given["agency"]}
    found = alerts_for(reader, tab, page=page, **chosen)
    narrows = {name: value for name, value in chosen.items() if value}
    place = {UNDER: request.GET[UNDER]} if under_query(request) else {}
    kept = {**narrows, **place}
    values = {
        "found": found,
        "tab": tab,
        "tabs": [_tab(name, found.counts[name], tab, kept) for name in NAMES],
        "chosen": chosen,
        "base": "?" + urlencode({"tab": tab, **kept, "page": ""}),
        "narrowed": bool(narrows),
        "clear": "?" + urlencode({"tab": tab, **place}),
        "under": under_query(request),
        **under,
        **words(request),
    }
    return render(request, "oversight/alerts.html", values)


def _tab(name: str, count: int, current: str, kept: dict[str, str]) -> dict[str, Any]:
    href = "?" + urlencode({"tab": name, **kept})
    return {"text": tr(NAMES[name]), "href": href, "count": count, "current": name == current}


def show_one(request: Request, alert_id: UUID) -> HttpResponse:
    """What was found, the entries it rests on, and what can be done."""
    reader, under = reading(request)
    return _page(request, alert_for(reader, alert_id), reader=reader, **under)


def take(request: Request, alert_id: UUID) -> HttpResponse:
    """Look into it, so that colleagues need not."""
    take_alert(actor=request.actor, alert=alert_id)
    flash.say(request, "success", _("You look into this alert now."))
    return go_to(f"{HERE}/{alert_id}")


def dispose(request: Request, alert_id: UUID) -> HttpResponse:
    """Say what came of it."""
    view, form = alert_for(request.actor, alert_id), DisposeForm(request.POST)
    if form.is_valid():
        verb = DISPOSALS[form.cleaned_data["outcome"]]
        try:
            verb(actor=request.actor, alert=alert_id, reason=form.cleaned_data["reason"])
        except FieldProblems as problem:
            form.take(problem)
        else:
            flash.say(request, "success", _("Recorded. The rule is judged by it, too."))
            return go_to(f"{HERE}/{alert_id}")
    return _page(request, view, form)


def reopen(request: Request, alert_id: UUID) -> HttpResponse:
    """It is not done."""
    view, form = alert_for(request.actor, alert_id), ReopenForm(request.POST)
    if form.is_valid():
        try:
            reopen_alert(actor=request.actor, alert=alert_id, reason=form.cleaned_data["reason"])
        except (FieldProblems, AnotherIsOpen) as problem:
            form.take(problem)
        else:
            flash.say(request, "success", _("The alert is open again."))
            return go_to(f"{HERE}/{alert_id}")
    return _page(request, view, form)


def _page(
    request: Request,
    view: AlertView,
    wrong: Form | None = None,
    *,
    reader: Actor | None = None,
    **under: Any,
) -> HttpResponse:
    lines = _evidence(request, reader or request.actor, view)
    values = {
        "view": view,
        "row": view.row,
        "lines": lines,
        "hidden": view.kept - len(lines),
        "sentence": sentence_of(view.row.rule, view.row.parameters),
        "may_dispose": bool({"explain", "follow_up", "uphold"} & set(view.verbs)),
        "forms": _forms(wrong),
        "form": wrong,
        "under": under_query(request),
        "assignment": None,
        **under,
        **words(request),
    }
    return render(request, "oversight/alert.html", values, 422 if wrong else 200)


def _forms(wrong: Form | None) -> dict[str, Form]:
    return {
        "dispose": wrong if isinstance(wrong, DisposeForm) else DisposeForm(),
        "reopen": wrong if isinstance(wrong, ReopenForm) else ReopenForm(),
    }


def _evidence(request: Request, reader: Actor, view: AlertView) -> list[LogLine]:
    """The entries that the reader may see; that they were looked at is recorded."""
    if not view.evidence:
        return []
    filters = Filters(entries=view.evidence)
    page = explore_log(actor=reader, filters=filters, whose=Whose.OVERSEEN)
    lines = Lines(words(request)["zone"])
    return [lines.line(row) for row in page.rows]
