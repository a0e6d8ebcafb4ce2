"""/company/join: asking a registered company to be admitted."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.journeys.onboarding import ask_to_join, withdraw_join
from gapura.kernel.problems import Busy, FieldProblems, Problem
from gapura.organizations.errors import NoSuchCompany
from gapura.organizations.queries import bare_number, company_of_nib, is_nib
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


class JoinForm(Form):
    """Which company, and what the person does there."""

    company = TextField(
        label=lazy("Business number (NIB) or code of the company"),
        hint=lazy("For example C000123. Your company's administrator sees the code on its page."),
        missing=lazy("Enter the business number or the code of the company."),
        longest=40,
        width="20",
        autocomplete="off",
    )
    position = TextField(
        label=lazy("What you do there"),
        hint=lazy("Your position, for example sales staff. The administrators read it."),
        missing=lazy("Enter what you do in the company."),
        longest=150,
    )


def join(request: Request) -> HttpResponse:
    """Ask; the company's administrators decide."""
    if request.method == "GET":
        wanted = request.GET.get("company", "")[:20]
        return _page(request, JoinForm(initial={"company": wanted}))
    form = JoinForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        code = code_of(form.cleaned_data["company"])
        ask_to_join(actor=request.actor, company=code, position=form.cleaned_data["position"])
    except Busy:
        raise
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, 422)
    except Problem as problem:
        form.refuse("company", problem)
        return _page(request, form, 422)
    flash.say(request, "success", _("The administrators of the company were told. They decide."))
    return SeeOther("/company")


def code_of(typed: str) -> str:
    """The company's code for a business number or a code as it was typed.

    :raises NoSuchCompany: nobody registered this number.
    """
    number = bare_number(typed)
    if is_nib(number):
        if not (found := company_of_nib(number)):
            raise NoSuchCompany()
        return found
    return typed.upper()


def withdraw(request: Request, join_id: UUID) -> HttpResponse:
    """No longer ask."""
    withdraw_join(actor=request.actor, join_id=join_id)
    flash.say(request, "success", _("You no longer ask to be admitted."))
    return SeeOther("/company")


def _page(request: Request, form: JoinForm, status: int = 200) -> HttpResponse:
    return render(request, "company/join.html", {"form": form}, status)
