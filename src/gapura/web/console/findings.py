"""/console/findings: roles of one person that exclude each other, as the sweep found them."""

from typing import Any

from django.http import HttpResponse

from gapura.access.queries import FINDING_TABS, REACHES, ROLES, STANDING_NAMES, findings_for
from gapura.kernel.texts import N_
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import Words

TABS = {"open": N_("Open"), "accepted": N_("Accepted"), "cleared": N_("No longer there")}
SEVERITY: Words = {"block": (N_("Not allowed"), "red"), "warn": (N_("To be looked at"), "yellow")}


def show(request: Request) -> HttpResponse:
    """One tab, 40 a page, the newest first."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in FINDING_TABS else "open"
    found = findings_for(request.actor, tab, _number(request.GET.get("page", "")))
    values = {
        "found": found,
        "tab": tab,
        "tabs": [_tab(name, found.counts[name], tab) for name in TABS],
        **words(request),
    }
    return render(request, "console/findings.html", values)


def words(request: Request) -> dict[str, Any]:
    """What both pages show things with."""
    grant = request.actor.grant
    return {
        "roles": ROLES,
        "reaches": REACHES,
        "standings": STANDING_NAMES,
        "severity": SEVERITY,
        "zone": grant.zone if grant else "Asia/Jakarta",
    }


def _tab(name: str, count: int, current: str) -> dict[str, Any]:
    href = f"?tab={name}"
    return {"text": tr(TABS[name]), "href": href, "count": count, "current": name == current}


def _number(text: str) -> int:
    """A page number; anything else is the first page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 1
