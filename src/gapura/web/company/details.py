"""/company/new/details: what the authorities said, the papers, the address; then it registers."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.documents.queries import get_document
from gapura.journeys.onboarding import register_company
from gapura.kernel import clock
from gapura.kernel.permissions import may
from gapura.kernel.problems import FieldProblems
from gapura.organizations.errors import CompanyThere, NothingLookedUp
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    FACTS_MINUTES,
    PAPERS,
    Application,
    application_of,
    papers_needed,
)
from gapura.organizations.services import keep_address
from gapura.web.company.outcomes import sources_of
from gapura.web.company.words import TABLES
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import CheckField, Form, TextField, sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

START, HERE = "/company/new", "/company/new/details"
DONE, OPEN = "", "blue"


class DetailsForm(Form):
    """What only the owner can tell."""

    address = TextField(
        label=lazy("Business address"),
        hint=lazy("Street, number, village and district, as goods are collected or mail is sent."),
        missing=lazy("Enter the business address."),
        lines=True,
        rows=3,
        longest=300,
    )
    sworn = CheckField(
        label=lazy("I may act for this company, and what I enter and upload is true."),
    )


def details(request: Request) -> HttpResponse:
    """The task list; POST registers, or keeps the address when the papers are still to come."""
    found = application_of(request.actor)
    if found is None or not may(request.actor, Can.FOUND_COMPANY, found):
        return SeeOther(START)
    if request.method == "GET":
        return _page(request, found, DetailsForm(initial={"address": found.address}))
    form = DetailsForm(request.POST)
    if request.POST.get("then") == "later":
        keep_address(actor=request.actor, address=request.POST.get("address", "")[:300])
        flash.say(request, "success", _("Saved. You can go on whenever you like."))
        return SeeOther("/company")
    if not form.is_valid():
        return _page(request, found, form, 422)
    return _register(request, found, form)


def _register(request: Request, found: Application, form: DetailsForm) -> HttpResponse:
    address = " ".join(form.cleaned_data["address"].split())
    try:
        register_company(actor=request.actor, address=address)
    except NothingLookedUp:
        text = _("The authorities' answer is too old. Have the number checked once more.")
        flash.say(request, "info", text)
        return SeeOther(START)
    except CompanyThere as problem:
        form.take(problem)
        return _page(request, found, form, 409)
    except FieldProblems as problem:
        _take(form, problem)
        return _page(request, found, form, 422)
    flash.say(request, "success", _("Your company is registered. Activate your role there."))
    return SeeOther("/company")


def _take(form: DetailsForm, problem: FieldProblems) -> None:
    """Problems of papers name the paper: they are uploaded on pages of their own."""
    for name, each in problem.fields.items():
        said = sentences(each)
        if name in PAPERS:
            form.add_error(None, f"{tr(PAPERS[name])}: {said}")
        else:
            form.add_error(name, said)


def _page(
    request: Request, found: Application, form: DetailsForm, status: int = 200
) -> HttpResponse:
    fresh_until = found.checked_at + timedelta(minutes=FACTS_MINUTES)
    values: dict[str, Any] = {
        "form": form,
        "nib": found.nib,
        "facts": found.facts,
        "sources": sources_of(found),
        "tasks": [_task(found, kind) for kind in PAPERS],
        "stale": clock.now() >= fresh_until,
        "fresh_until": fresh_until,
        "tables": TABLES,
    }
    return render(request, "company/details.html", values, status)


def _task(found: Application, kind: str) -> dict[str, str]:
    task = {"title": tr(PAPERS[kind]), "href": f"{START}/papers/{kind}"}
    if kind in found.papers:
        return task | {"status": _("Done"), "hint": get_document(found.papers[kind]).name}
    if kind in papers_needed(found.facts.form):
        return task | {"status": _("To do"), "color": OPEN}
    return task | {"status": _("Optional"), "color": "grey"}
