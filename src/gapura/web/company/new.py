"""/company/new: a business number, asked about at the authorities."""

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.journeys.onboarding import look_up
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import application_of
from gapura.web.company.outcomes import address_of
from gapura.web.shell.forms import DigitsField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


class NibForm(Form):
    """One number."""

    nib = DigitsField(
        label=lazy("Business number (NIB)"),
        hint=lazy("13 digits, as on the NIB document of OSS. It may begin with 0."),
        missing=lazy("Enter the business number (NIB). It has 13 digits."),
        lengths=(13,),
    )


def new(request: Request) -> HttpResponse:
    """Ask for the number; POST asks the authorities and goes to the page of what they said."""
    if request.method == "GET":
        known = application_of(request.actor)
        nib = known.nib if known and known.outcome == "unavailable" else ""
        return _page(request, NibForm(initial={"nib": nib}))
    form = NibForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        found = look_up(actor=request.actor, nib=form.cleaned_data["nib"])
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, 422)
    return SeeOther(address_of(found.kind))


def _page(request: Request, form: NibForm, status: int = 200) -> HttpResponse:
    return render(request, "company/new.html", {"form": form}, status)
