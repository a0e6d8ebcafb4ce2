"""/company/comparison: field by field what is kept, what the authorities say, and who mends it."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.journeys.onboarding import ask_again
from gapura.kernel.problems import Busy
from gapura.kernel.texts import N_
from gapura.organizations.queries import COMPARED_FIELDS, Compared, Said, comparison
from gapura.web.company.mending import way_of
from gapura.web.company.words import SOURCES, STANDING_WORDS, VALUES, day_of
from gapura.web.shell import flash
from gapura.web.shell.display import day, tr
from gapura.web.shell.forms import sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/company/comparison"
FIELDS = {
    **COMPARED_FIELDS,
    "listed": N_("On the blacklist"),
    "decision": N_("Decision"),
    "since": N_("From"),
    "until": N_("Until"),
}
_WORDS = {**VALUES, "blacklisted": STANDING_WORDS["blacklisted"][0], "not_listed": N_("Not listed")}
_DAYS = {"since", "until"}
NOTHING = "\u2013"


def show(request: Request) -> HttpResponse:
    """The whole comparison."""
    found = comparison(request.actor)
    values = {
        "found": found,
        "lines": [_line(each) for each in found.lines],
        "history": [_said(each) for each in found.history],
        "sources": SOURCES,
    }
    return render(request, "company/comparison.html", values)


def ask(request: Request) -> HttpResponse:
    """Have all authorities asked now."""
    try:
        silent = ask_again(actor=request.actor)
    except Busy as problem:
        flash.say(request, "info", sentences(problem))
        return SeeOther(HERE)
    if silent:
        names = ", ".join(tr(SOURCES[each]) for each in silent)
        text = _("No answer from: %(names)s. What was known before counts on.")
        flash.say(request, "info", text % {"names": names})
    else:
        flash.say(request, "success", _("All authorities answered. This is how it stands now."))
    return SeeOther(HERE)


def _line(each: Compared) -> dict[str, Any]:
    way = way_of(each.field)
    return {
        "field": tr(FIELDS[each.field]),
        "ours": _word(each.field, each.ours),
        "theirs": None if each.theirs is None else _word(each.field, each.theirs),
        "source": tr(SOURCES[each.authority]),
        "asked_at": each.asked_at,
        "since": each.since,
        "differs": each.differs,
        "difference": each.difference,
        "who": tr(way.who),
        "link": way.link,
        "place": tr(way.place),
    }


def _said(each: Said) -> dict[str, Any]:
    told = [(tr(FIELDS[f]), _word(f, value)) for f, value in each.said.items() if f in FIELDS]
    return {"row": each, "source": tr(SOURCES[each.authority]), "told": told}


def _word(field: str, value: str) -> str:
    if field in _DAYS and (found := day_of(value)) is not None:
        return day(found)
    return tr(_WORDS[value]) if value in _WORDS else value or NOTHING
