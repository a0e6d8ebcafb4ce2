"""GET /requests/queue: what waits for a decision of the active role, soonest deadline first."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import (
    LONGEST_NAME,
    MOST_FILTERS,
    REQUESTABLE,
    KeptFilter,
    Level,
    QueueFilters,
    kept_filters,
    queue_for,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_
from gapura.web.requests.queue_lines import Words
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

TABS = {
    "mine": N_("Mine"),
    "unclaimed": N_("Not taken"),
    "late": N_("Late"),
    "all": N_("All"),
}
# What an empty tab says.
NOTHING = {
    "mine": (N_("You have taken no request"), N_("Take one from the tab “Not taken”.")),
    "unclaimed": (
        N_("Nothing waits to be taken"),
        N_("New requests appear here as soon as they are sent in."),
    ),
    "late": (N_("Nothing is late"), N_("Every request is still within its time.")),
    "all": (
        N_("Nothing waits for a decision"),
        N_("New requests appear here as soon as they are sent in."),
    ),
}


class FilterForm(Form):
    """Optional: part of a name or of the reference, and one role."""

    text = TextField(label=lazy("Name or reference"), longest=100, required=False)
    role = ChoiceField(label=lazy("Role"), look="select", required=False)

    def __init__(self, actor: Actor, *args: Any) -> None:
        super().__init__(*args)
        field: Any = self.fields["role"]
        field.choices = [("", _("All roles")), *_roles(actor)]


def _roles(actor: Actor) -> list[tuple[str, str]]:
    """The roles that can be in this queue; one level up, any of them."""
    at_agency = actor.role in {role for row in REQUESTABLE for role in row.approved_by} and bool(
        actor.agency
    )
    level = Level.AGENCY if at_agency else None
    return [(r.code, tr(r.name)) for r in REQUESTABLE if level is None or r.level == level]


class KeepForm(Form):
    """Under which name the filters are kept."""

    name = TextField(
        label=lazy("Name of the filter"),
        hint=lazy("For example “Late PPK”. At most 60 characters."),
        missing=lazy("Type a name for the filter."),
        longest=LONGEST_NAME,
        autocomplete="off",
    )


def queue(request: Request) -> HttpResponse:
    """One page of 40 with its tabs and filters, all of them in the address."""
    return board(request, request.GET)


def filters_of(actor: Actor, data: Any) -> QueueFilters:
    """What an address or a form asks for; what cannot be read is left out."""
    return _asked(FilterForm(actor, data), data)


def _asked(form: FilterForm, data: Any) -> QueueFilters:
    chosen = form.cleaned_data if form.is_valid() else {}
    tab = data.get("tab", "")
    return QueueFilters(
        tab=tab if tab in TABS else "all",
        role=chosen.get("role", ""),
        text=chosen.get("text", ""),
        after=data.get("after", "")[:100],
    )


def board(request: Request, data: Any, *, wrong: KeepForm | None = None) -> HttpResponse:
    """The queue as `data` asks for; with a form to keep the filters, refused or new."""
    form = FilterForm(request.actor, data)
    filters = _asked(form, data)
    page = queue_for(request.actor, filters)
    words = _words(request.actor)
    problem = wrong or (form if form.errors else None)
    kept = kept_filters(request.actor)
    values = {
        "filter": form,
        "form": problem,
        "filters": filters,
        "page": page,
        "views": [_view(name, filters, page.figures.shown(name)) for name in TABS],
        "next": address(filters, after=page.next) if page.next else "",
        "first": address(filters) if filters.after else "",
        "clear": address(QueueFilters(tab=filters.tab)) if filters.role or filters.text else "",
        "nothing": NOTHING[filters.tab],
        "lines": [words.line(row) for row in page.rows],
        "kept": [_kept(each, filters) for each in kept],
        "keep": wrong or KeepForm(),
        "may_keep": wrong or (len(kept) < MOST_FILTERS and filters != QueueFilters()),
    }
    return render(request, "requests/queue.html", values, 422 if problem else 200)


def _words(actor: Actor) -> Words:
    zone = actor.grant.zone if actor.grant else clock.JAKARTA
    return Words(me=actor.who, now=clock.now(), zone=zone)


def _kept(one: KeptFilter, shown: QueueFilters) -> dict[str, Any]:
    return {
        "id": one.id,
        "name": one.name,
        "href": address(one.filters),
        "current": address(one.filters) == address(shown),
    }


def address(filters: QueueFilters, **changes: str) -> str:
    """The address of the queue with these filters; without `after`, of its first page."""
    asked = {"tab": filters.tab, "role": filters.role, "text": filters.text, **changes}
    given = {name: value for name, value in asked.items() if value}
    return f"/requests/queue?{urlencode(given)}"


def _view(name: str, filters: QueueFilters, count: str) -> dict[str, Any]:
    return {
        "text": tr(TABS[name]),
        "href": address(filters, tab=name),
        "count": count,
        "current": name == filters.tab,
    }
