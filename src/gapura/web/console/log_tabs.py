"""The parts of the log as a row of links, and under which assignment an auditor reads it."""

from datetime import date
from typing import Any, TypedDict
from uuid import UUID

from django.utils.http import urlencode
from django.utils.translation import gettext

from gapura.audit.permissions import Can
from gapura.audit.queries import AssignmentView, months_in_archive
from gapura.journeys.assignments import choose_assignment, under_assignment
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.problems import Missing
from gapura.kernel.texts import N_
from gapura.web.shell.display import month_of, tr
from gapura.web.shell.requests import Request

LOG = "/console/log"
_TABS = (
    (N_("Entries"), LOG, Can.EXPLORE),
    (N_("Kept searches"), f"{LOG}/views", Can.SAVE_VIEW),
    (N_("Saved files"), f"{LOG}/exports", Can.EXPORT),
    (N_("Assignments"), "/console/log/assignments", Can.LIST_ASSIGNMENTS),
)
# More than these are named by the first and the last one.
_FEW_MONTHS = 12
# The parameter that names an assignment in every address of the log.
UNDER = "under"


class Tab(TypedDict):
    """One link, as `parts.views` draws it."""

    text: str
    href: str
    current: bool


def log_tabs(actor: Actor, here: str) -> list[Tab]:
    """All parts that the actor may open; `here` is the address of the one that is shown."""
    shown = (tab for tab in _TABS if may(actor, tab[2]))
    return [Tab(text=tr(text), href=href, current=href == here) for text, href, _can in shown]


def reader_of(request: Request) -> Actor:
    """Who reads: the actor, under the assignment that the address names.

    :raises NoSuchAssignment: another's, or not in force.
    """
    named = _named(request)
    return under_assignment(request.actor, named) if named else request.actor


def reading(request: Request) -> tuple[Actor, dict[str, Any]]:
    """The same with what the page shows: an auditor's assignments in force, and the one in use."""
    named = _named(request)
    reader, found = choose_assignment(request.actor, named)
    chosen: AssignmentView | None = next((one for one in found if one.id == named), None)
    return reader, {"assignments": found, "assignment": chosen}


def under_query(request: Request) -> str:
    """What a link within the log carries on: `?under=...`, or nothing."""
    named = request.GET.get(UNDER, "")
    return f"?{urlencode({UNDER: named})}" if named else ""


def archived_said() -> str:
    """The months that lie in files only and are not searched; empty for none."""
    found = [month_of(date.fromisoformat(f"{month}-01")) for month in months_in_archive()]
    if len(found) <= _FEW_MONTHS:
        return ", ".join(found)
    values = {"first": found[0], "last": found[-1], "count": len(found)}
    return gettext("%(first)s \u2013 %(last)s (%(count)s months)") % values


def _named(request: Request) -> UUID | None:
    text = request.GET.get(UNDER, "") or request.POST.get(UNDER, "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise Missing() from error
