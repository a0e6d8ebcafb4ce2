"""/company/new/<outcome>: why a business number cannot be registered, and what helps."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from gapura.kernel.texts import N_
from gapura.organizations.queries import Application, application_of
from gapura.web.company.explained import EXPLAINED, START
from gapura.web.company.words import SOURCES, TABLES, day_of
from gapura.web.shell.display import tr
from gapura.web.shell.pages import View, render
from gapura.web.shell.requests import Request, SeeOther


def address_of(kind: str) -> str:
    """The page that explains an outcome; for `ok`, where the registration goes on."""
    return f"{START}/{EXPLAINED[kind].slug}" if kind in EXPLAINED else f"{START}/details"


def page_for(kind: str) -> View:
    """The view of one outcome: shown while it is the person's own, else the start."""

    def outcome(request: Request) -> HttpResponse:
        found = application_of(request.actor)
        if found is None or found.outcome != kind:
            return SeeOther(START)
        return render(request, "company/outcome.html", _context(found))

    outcome.__name__ = f"outcome_{kind}"
    return outcome


def _context(found: Application) -> dict[str, Any]:
    rows: Callable[[Application], list[tuple[str, str, Any]]] = _ROWS.get(found.outcome, _nothing)
    return {
        "explained": EXPLAINED[found.outcome],
        "nib": found.nib,
        "rows": rows(found),
        "sources": sources_of(found),
        "company": found.facts.detail.get("company", ""),
        "tables": TABLES,
    }


def sources_of(found: Application) -> list[dict[str, Any]]:
    """Who was asked, under which reference and when."""
    return [
        {
            "name": tr(SOURCES[each.authority]),
            "reference": each.reference,
            "at": datetime.fromisoformat(each.asked_at),
        }
        for each in found.facts.sources
    ]


def _nothing(found: Application) -> list[tuple[str, str, Any]]:
    return []


def _blacklisted(found: Application) -> list[tuple[str, str, Any]]:
    detail = found.facts.detail
    return [
        (N_("Company"), "text", found.facts.name),
        (N_("Decision"), "text", detail.get("decision", "")),
        (N_("From"), "day", day_of(detail.get("since", ""))),
        (N_("Until"), "day", day_of(detail.get("until", ""))),
    ]


def _registered(found: Application) -> list[tuple[str, str, Any]]:
    detail = found.facts.detail
    return [
        (N_("Company"), "text", detail.get("name", "")),
        (N_("Code"), "text", detail.get("company", "")),
    ]


_TAX = {
    "not_found": N_("The tax office does not know this number."),
    "inactive": N_("The tax office knows it as not active (non-efektif)."),
    "active": N_("It is active, but under another name."),
}
_OSS = {
    "not_found": N_("OSS does not know this number."),
    "revoked": N_("OSS has revoked this number."),
}


def _differs(found: Application) -> list[tuple[str, str, Any]]:
    return [
        (N_("Company"), "text", found.facts.name),
        (N_("What the tax office says"), "marked", _TAX[found.facts.detail["status"]]),
    ]


def _invalid(found: Application) -> list[tuple[str, str, Any]]:
    return [(N_("What OSS says"), "marked", _OSS[found.facts.detail["status"]])]


def _silent(found: Application) -> list[tuple[str, str, Any]]:
    detail = found.facts.detail
    return [
        (N_("Does not answer"), "marked", SOURCES[detail["authority"]]),
        (N_("Worth another try in (minutes)"), "text", str(detail["minutes"])),
    ]


_ROWS: dict[str, Callable[[Application], list[tuple[str, str, Any]]]] = {
    "blacklisted": _blacklisted,
    "already_registered": _registered,
    "tax_differs": _differs,
    "not_valid": _invalid,
    "unavailable": _silent,
}
