"""/register/agencies: the agencies that fit what is being typed, as a fragment."""

from django.http import HttpResponse

from gapura.accounts.queries import KINDS
from gapura.web.register.details_form import SEARCH_LONGEST, DetailsForm
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request


def found(request: Request) -> HttpResponse:
    """The options below the search field."""
    text = request.GET.get("agency_text", "").strip()[:SEARCH_LONGEST]
    form = DetailsForm(KINDS["pns"], initial={"agency_text": text})
    return render(request, "register/agencies.html", {"choice": form["agency"], "text": text})
