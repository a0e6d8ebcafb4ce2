"""/register: the type of person, then one form; a sound one creates the account."""

from typing import Any

from django.http import HttpResponse

from gapura.accounts.queries import KINDS, Kind
from gapura.authentication.queries import Step
from gapura.journeys.registration import (
    NumbersDiffer,
    register_person,
    registration_problems,
)
from gapura.kernel.problems import Busy, FieldProblems, Problem
from gapura.web.register.details_form import DetailsForm, KindForm, kind_choices
from gapura.web.shell.forms import sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, keep_session

CODE = "/register/code"


def register(request: Request) -> HttpResponse:
    """Ask for the type of person, then for the rest; whoever is signed in has an account."""
    if request.actor.signed_in:
        return SeeOther("/")
    chosen = request.GET.get("kind")
    kind = KINDS.get(chosen or "")
    if kind is None:
        return _ask_kind(request, wrong=chosen is not None or request.method == "POST")
    if request.method == "GET":
        return _page(request, DetailsForm(kind))
    if "find" in request.POST:
        return _page(request, DetailsForm.kept(kind, request.POST))
    return _create(request, kind)


def _ask_kind(request: Request, *, wrong: bool) -> HttpResponse:
    form = KindForm({} if wrong else None)
    field: Any = form.fields["kind"]
    field.choices = kind_choices(KINDS)
    flow = request.session_view.flow if request.session_view else None
    waits = flow is not None and flow.step is Step.CONFIRM_EMAIL
    context = {"form": form, "waits": waits}
    return render(request, "register/kind.html", context, 422 if wrong else 200)


def _create(request: Request, kind: Kind) -> HttpResponse:
    form = DetailsForm(kind, request.POST)
    sound = form.is_valid()
    told = form.told(request.language)
    password = form.cleaned_data.get("password") or ""
    if not sound:
        form.take_more(registration_problems(actor=request.actor, details=told, password=password))
        return _page(request, form, status=422)
    try:
        begun = register_person(
            actor=request.actor,
            details=told,
            password=password,
            compared="compared" in request.POST,
        )
    except NumbersDiffer as problem:
        form.ask_to_compare()
        return _page(request, form, status=422, differ=problem)
    except (FieldProblems, Busy) as problem:
        form.take(problem)
        return _page(request, form, status=problem.status, busy=problem)
    response = SeeOther(CODE)
    keep_session(request, response, begun.token)
    return response


def _page(
    request: Request,
    form: DetailsForm,
    *,
    status: int = 200,
    differ: NumbersDiffer | None = None,
    busy: Problem | None = None,
) -> HttpResponse:
    if form.is_bound:
        form.ask_password_again()
    context = {
        "form": form,
        "kind": form.person_kind,
        "warnings": [sentences(each) for each in differ.warnings] if differ else [],
    }
    response = render(request, "register/register.html", context, status)
    if isinstance(busy, Busy):
        response["Retry-After"] = str(busy.seconds)
    return response
