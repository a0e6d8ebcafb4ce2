"""GET /people/units and below: what is to be confirmed, and one unit or agency with its past."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.accounts.queries import people_by_id
from gapura.kernel.permissions import may
from gapura.kernel.texts import N_
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    CONFIRMED,
    FRESH,
    NEVER,
    OVERDUE,
    PLACE_CHANGES,
    SOON,
    STAY_OR_END,
    Change,
    agency_page,
    find_agencies,
    unit_page,
    units_to_keep,
)
from gapura.web.people.units.forms import FindForm
from gapura.web.shell.display import tr
from gapura.web.shell.pages import render
from gapura.web.shell.paging import page_number
from gapura.web.shell.requests import Request
from gapura.web.shell.states import Words

HERE = "/people/units"
STANDINGS: Words = {
    OVERDUE: (N_("Overdue"), "red"),
    NEVER: (N_("Not confirmed yet"), "orange"),
    SOON: (N_("Due soon"), "yellow"),
    FRESH: (N_("Confirmed"), "teal"),
}
TABLES = {"kinds": PLACE_CHANGES, "grants": STAY_OR_END, "fields": CONFIRMED}


def units(request: Request) -> HttpResponse:
    """The agency's units, those to be confirmed first; the platform finds an agency."""
    asked = request.GET.get("agency", "")[:20]
    if not (request.actor.agency or asked):
        return _find(request)
    standing = request.GET.get("standing", "")
    standing = standing if standing in STANDINGS else ""
    page = page_number(request.GET.get("page", ""))
    found = units_to_keep(request.actor, asked, standing, page)
    kept = {"agency": asked} if asked else {}
    values: dict[str, Any] = {
        "found": found,
        "standings": STANDINGS,
        "views": [_view(found.counts, each, standing, kept) for each in ("", *STANDINGS)],
        "newer": _address(page - 1, standing, kept) if page > 1 else "",
        "older": _address(page + 1, standing, kept) if found.more else "",
        "may_confirm": may(request.actor, Can.CONFIRM_UNIT),
        "is_platform": not request.actor.agency,
    }
    return render(request, "people/units.html", values)


def _view(counts: dict[str, int], each: str, chosen: str, kept: dict[str, str]) -> dict[str, Any]:
    if not each:
        text = _("All (%(number)s)") % {"number": sum(counts.values())}
    else:
        text = f"{tr(STANDINGS[each][0])} ({counts[each]})"
    asked = kept | ({"standing": each} if each else {})
    return {"text": text, "href": f"?{urlencode(asked)}", "current": each == chosen}


def _address(page: int, standing: str, kept: dict[str, str]) -> str:
    asked = {**kept, "standing": standing, "page": str(page)}
    return "?" + urlencode({name: text for name, text in asked.items() if text})


def _find(request: Request) -> HttpResponse:
    form = FindForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    values = {"form": form, "text": text, "found": find_agencies(text, 40)}
    return render(request, "people/unit_agencies.html", values)


def unit(request: Request, code: str) -> HttpResponse:
    """One unit."""
    page = unit_page(request.actor, code)
    people = {each.confirmed_by for each in page.confirmations}
    values = {
        "page": page,
        "people": _names(people | _deciders(page.changes)),
        "waiting": [each for each in page.changes if each.waits],
        "past": [each for each in page.changes if not each.waits],
        "standings": STANDINGS,
        "tables": TABLES,
    }
    return render(request, "people/unit.html", values)


def agency(request: Request, code: str) -> HttpResponse:
    """One agency, for the platform."""
    page = agency_page(request.actor, code)
    values = {
        "page": page,
        "people": _names(_deciders(page.changes)),
        "waiting": [each for each in page.changes if each.waits],
        "past": [each for each in page.changes if not each.waits],
        "tables": TABLES,
    }
    return render(request, "people/agency.html", values)


def _deciders(changes: tuple[Change, ...]) -> set[Any]:
    return {each.decided_by for each in changes if each.decided_by}


def _names(ids: set[Any]) -> dict[Any, str]:
    return {person.id: person.username for person in people_by_id(ids).values()} if ids else {}
