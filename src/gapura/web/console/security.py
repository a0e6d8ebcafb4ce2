"""/console/security: accounts with signs of a stranger, and accounts that are locked."""

from typing import Any

from django.http import HttpResponse

from gapura.authentication.events import REMEDIES, SIGNS, WHYS
from gapura.authentication.queries import SUSPICION_TABS, locks_for, suspicions_for
from gapura.kernel import clock
from gapura.kernel.texts import N_
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import SUSPICIONS

HERE = "/console/security"
TABS = {
    "open": N_("Open suspicions"),
    "settled": N_("Acted on"),
    "dismissed": N_("Nothing was wrong"),
    "locks": N_("Locked accounts"),
}


def show(request: Request) -> HttpResponse:
    """One tab: 40 suspicions a page, the newest first, or all locks that hold."""
    tab = request.GET.get("tab", "open")
    tab = tab if tab in TABS else "open"
    shown = tab if tab in SUSPICION_TABS else "open"
    found = suspicions_for(request.actor, shown, _number(request.GET.get("page", "")))
    locks = locks_for(request.actor)
    counts = {**found.counts, "locks": len(locks)}
    values = {
        "found": found,
        "locks": locks,
        "tab": tab,
        "tabs": [_tab(name, counts[name], tab) for name in TABS],
        **words(request),
    }
    return render(request, "console/security.html", values)


def words(request: Request) -> dict[str, Any]:
    """What all pages of the desk show things with."""
    grant = request.actor.grant
    return {
        "signs": SIGNS,
        "remedies": REMEDIES,
        "whys": WHYS,
        "states": SUSPICIONS,
        "zone": grant.zone if grant else clock.JAKARTA,
    }


def _tab(name: str, count: int, current: str) -> dict[str, Any]:
    href = f"?tab={name}"
    return {"text": tr(TABS[name]), "href": href, "count": count, "current": name == current}


def _number(text: str) -> int:
    """A page number; anything else is the first page."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else 1
