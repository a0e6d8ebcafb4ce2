"""GET /requests/queue: what waits for a decision of the active role, soonest deadline first."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import REQUESTABLE, Level, QueueFilters, queue_for
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


def queue(request: Request) -> HttpResponse:
    """One page of 40 with its tabs and filters, all of them in the address."""
    form = FilterForm(request.actor, request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    tab = request.GET.get("tab", "")
    filters = QueueFilters(
        tab=tab if tab in TABS else "all",
        role=chosen.get("role", ""),
        text=chosen.get("text", ""),
        after=request.GET.get("after", "")[:100],
    )
    page = queue_for(request.actor, filters)
    grant = request.actor.grant
    zone = grant.zone if grant else clock.JAKARTA
    words = Words(me=request.actor.who, now=clock.now(), zone=zone)
    values = {
        "filter": form,
        "form": form if form.errors else None,
        "filters": filters,
        "page": page,
        "views": [_view(name, filters, page.counts[name]) for name in TABS],
        "next": address(filters, after=page.next) if page.next else "",
        "first": address(filters) if filters.after else "",
        "clear": address(QueueFilters(tab=filters.tab)) if filters.role or filters.text else "",
        "nothing": NOTHING[filters.tab],
        "lines": [words.line(row) for row in page.rows],
    }
    return render(request, "requests/queue.html", values, 422 if form.errors else 200)


def address(filters: QueueFilters, **changes: str) -> str:
    """The address of the queue with these filters; without `after`, of its first page."""
    asked = {"tab": filters.tab, "role": filters.role, "text": filters.text, **changes}
    given = {name: value for name, value in asked.items() if value}
    return f"/requests/queue?{urlencode(given)}"


def _view(name: str, filters: QueueFilters, count: int) -> dict[str, Any]:
    return {
        "text": tr(TABS[name]),
        "href": address(filters, tab=name),
        "count": count,
        "current": name == filters.tab,
    }
