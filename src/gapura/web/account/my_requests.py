"""/account/data/requests: correction and restriction of one's own data, and how they stand."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.kernel.problems import FieldProblems, Problem
from gapura.privacy.queries import (
    FIELDS,
    LEAST,
    MOST,
    WANTED_MOST,
    own_requests,
    request_for,
    restricted_since,
)
from gapura.privacy.services import (
    ask_correction,
    ask_restriction,
    lift_restriction,
    withdraw_request,
)
from gapura.web.account.answers import put
from gapura.web.account.my_data import HERE, zone_of
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther
from gapura.web.shell.states import DATA_REQUESTS

REQUESTS = f"{HERE}/requests"


def _text(label: Any, hint: Any) -> TextField:
    return TextField(
        label=label, hint=hint, shortest=LEAST, longest=MOST, lines=True, rows=6, spelling=True
    )


class CorrectionForm(Form):
    """What is wrong, how it should be, why, and a paper that shows it."""

    field = ChoiceField(
        label=lazy("What is wrong?"),
        missing=lazy("Choose what is wrong."),
        choices=lambda: [(code, tr(text)) for code, text in FIELDS.items()],
    )
    wanted = TextField(
        label=lazy("How should it be?"),
        longest=WANTED_MOST,
        missing=lazy("Say what would be right."),
    )
    text = _text(
        lazy("Where did you see it, and why is it wrong?"), lazy("10 to 2,000 characters.")
    )
    evidence = UploadField(
        label=lazy("A paper that shows it (if you have one)"),
        hint=lazy("PDF or JPG, at most 2 MB. It is erased once your request is decided."),
        accept=".pdf,.jpg,.jpeg",
        required=False,
    )


class RestrictionForm(Form):
    """Why processing should pause."""

    text = _text(lazy("Why should it pause?"), lazy("10 to 2,000 characters."))


def show(request: Request) -> HttpResponse:
    """The own ones, newest first, and what one may ask."""
    values = {
        "requests": own_requests(request.actor),
        "restricted": restricted_since(request.actor),
        "states": DATA_REQUESTS,
        "crumbs": _crumbs(_("Your requests")),
        "zone": zone_of(request),
    }
    return render(request, "account/my_requests.html", values)


def correction(request: Request) -> HttpResponse:
    """Ask for wrong data to be put right."""
    if request.method == "GET":
        return _form(request, "my_correction", CorrectionForm())
    form = CorrectionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _form(request, "my_correction", form)
    told = dict(form.cleaned_data)
    file: Any = told.pop("evidence", None)
    evidence = (file.name or "", file.read()) if file else None
    try:
        found = ask_correction(actor=request.actor, evidence=evidence, **told)
    except FieldProblems as problem:
        form.take(problem)
    except Problem as problem:
        put(form, problem, "evidence")
    else:
        return _sent(request, found)
    return _form(request, "my_correction", form)


def restriction(request: Request) -> HttpResponse:
    """Ask for processing to pause."""
    if request.method == "GET":
        return _form(request, "my_restriction", RestrictionForm())
    form = RestrictionForm(request.POST)
    if form.is_valid():
        try:
            found = ask_restriction(actor=request.actor, **form.cleaned_data)
        except FieldProblems as problem:
            form.take(problem)
        else:
            return _sent(request, found)
    return _form(request, "my_restriction", form)


def one(request: Request, data_request_id: UUID) -> HttpResponse:
    """How one of them stands."""
    found = request_for(request.actor, data_request_id)
    if found.person_id != request.actor.person:
        return SeeOther(f"/console/privacy/{found.id}")
    values = {
        "found": found,
        "states": DATA_REQUESTS,
        "crumbs": [*_crumbs(), {"text": found.reference}],
    }
    return render(request, "account/my_request.html", values)


def withdraw(request: Request, data_request_id: UUID) -> HttpResponse:
    """Take it back."""
    withdraw_request(actor=request.actor, request_id=data_request_id)
    flash.say(request, "success", _("Your request is withdrawn."))
    return SeeOther(REQUESTS)


def lift(request: Request) -> HttpResponse:
    """End the pause of processing."""
    lift_restriction(actor=request.actor)
    flash.say(request, "success", _("The restriction is lifted. You can work as before."))
    return SeeOther(REQUESTS)


def _sent(request: Request, found: UUID) -> HttpResponse:
    flash.say(request, "success", _("Your request has arrived. The clock of the law is running."))
    return SeeOther(f"{REQUESTS}/{found}")


def _form(request: Request, page: str, form: Form) -> HttpResponse:
    values = {"form": form, "restricted": restricted_since(request.actor)}
    return render(request, f"account/{page}.html", values, 422 if form.errors else 200)


def _crumbs(last: str = "") -> list[dict[str, str]]:
    rows = [{"text": _("Your data"), "href": HERE}]
    return [*rows, {"text": last} if last else {"text": _("Your requests"), "href": REQUESTS}]
