"""/console/log/views: kept searches of the log, kept, renamed, shared and deleted."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.audit.errors import BadView, NoSuchView
from gapura.audit.permissions import Can
from gapura.audit.queries import LONGEST_VIEW_NAME, MOST_VIEWS, log_view, log_views
from gapura.audit.services import change_view, drop_view, save_view
from gapura.kernel.permissions import may
from gapura.web.console.log_form import LogForm
from gapura.web.console.log_tabs import LOG, log_tabs
from gapura.web.shell import flash
from gapura.web.shell.forms import CheckField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

HERE = f"{LOG}/views"


class ViewForm(Form):
    """The name of a search; whether colleagues see it is asked of administrators only."""

    name = TextField(label=lazy("Name of the search"), longest=LONGEST_VIEW_NAME, spelling=True)
    shared = CheckField(
        label=lazy("Show it to the other administrators and auditors of my agency"), required=False
    )

    def __init__(self, *args: Any, shares: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not shares:
            del self.fields["shared"]


def show(request: Request) -> HttpResponse:
    """The own ones and those that were shared."""
    found = [
        {
            "id": view.id,
            "name": view.name,
            "href": f"{LOG}?{urlencode(view.query)}",
            "own": view.own,
            "shared": view.shared,
        }
        for view in log_views(request.actor)
    ]
    values = {"views": found, "limit": MOST_VIEWS, "tabs": log_tabs(request.actor, HERE)}
    return render(request, "console/views.html", values)


def new(request: Request) -> HttpResponse:
    """The form for the search in the address; POST keeps it and goes on to the list."""
    posted = request.method == "POST"
    query = _query(request)
    form = _form(request, request.POST if posted else None)
    if form.is_bound and form.is_valid():
        try:
            save_view(actor=request.actor, query=query, **_told(form))
        except BadView as problem:
            form.take(problem)
        else:
            flash.say(request, "success", _("Kept. You find it above the log."))
            return go_to(HERE)
    values = {"form": form, "query": query, "action": f"{HERE}/new", "title": _("Keep this search")}
    return render(request, "console/view.html", values, 422 if form.errors else 200)


def change(request: Request, view_id: UUID) -> HttpResponse:
    """Its name and whether it is shared; POST sets them."""
    view = log_view(request.actor, view_id)
    initial = {"name": view.name, "shared": view.shared}
    posted = request.method == "POST"
    form = _form(request, request.POST if posted else None, initial)
    if form.is_bound and form.is_valid():
        try:
            change_view(actor=request.actor, view_id=view_id, **_told(form))
        except BadView as problem:
            form.take(problem)
        else:
            flash.say(request, "success", _("Your changes are kept."))
            return go_to(HERE)
    action = f"{HERE}/{view_id}"
    values = {"form": form, "query": {}, "action": action, "title": _("Change a kept search")}
    return render(request, "console/view.html", values, 422 if form.errors else 200)


def drop(request: Request, view_id: UUID) -> HttpResponse:
    """Delete it. Doing it twice ends on the same page."""
    try:
        drop_view(actor=request.actor, view_id=view_id)
    except NoSuchView:
        if not may(request.actor, Can.SAVE_VIEW):
            raise
        return go_to(HERE)
    flash.say(request, "info", _("The search was deleted."))
    return go_to(HERE)


def _form(request: Request, data: Any, initial: Any = None) -> ViewForm:
    return ViewForm(data, initial=initial, shares=may(request.actor, Can.SHARE_VIEW))


def _told(form: ViewForm) -> dict[str, Any]:
    given = form.cleaned_data
    return {"name": given["name"], "shared": bool(given.get("shared"))}


def _query(request: Request) -> dict[str, str]:
    """The search: what the page of the log takes, without where one was in it."""
    given = request.POST if request.method == "POST" else request.GET
    return {name: given[name] for name in LogForm.base_fields if given.get(name)}
