"""/requests/<id>/company: for which company one buys outside of government."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyOpen, DraftChanged
from gapura.access.queries import ROLES, DraftView, draft_view
from gapura.access.services import choose_company
from gapura.kernel.problems import FieldProblems
from gapura.kernel.throttle import TooMany
from gapura.web.requests.editing import asked_back, is_editable, onward, page_of
from gapura.web.shell.forms import ChoiceField, DigitsField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

ANOTHER = "another"


class CompanyForm(Form):
    """One of the person's own companies, or another one by its business number."""

    company = ChoiceField(
        label=lazy("Which company do you buy for?"), missing=lazy("Choose the company.")
    )
    nib = DigitsField(
        label=lazy("Business number (NIB) of the company"),
        hint=lazy("13 digits. Its director must have registered the company here before."),
        lengths=(13,),
        required=False,
        autocomplete="off",
    )

    def __init__(self, own: dict[str, str], chosen: str, data: Any = None) -> None:
        super().__init__(data, initial={"company": chosen or ("" if own else ANOTHER)})
        field: Any = self.fields["company"]
        field.choices = [*own.items(), (ANOTHER, _("Another one, by its number"))]
        if not own:
            del self.fields["company"]
            self.fields["nib"].required = True

    def clean(self) -> dict[str, Any]:
        """A number where no own company is chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if (
            cleaned.get("company") == ANOTHER
            and not cleaned.get("nib")
            and "nib" not in self.errors
        ):
            self.add_error(
                "nib", _("Enter the business number (NIB) of the company. It has 13 digits.")
            )
        return cleaned


def choose(request: Request, request_id: UUID) -> HttpResponse:
    """GET asks; POST keeps it and goes on with what is left to do."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state) or draft.renews or not draft.may_be_outside:
        return go_to(page_of(request_id))
    own = _own(request)
    if request.method == "GET":
        return _page(request, draft, CompanyForm(own, draft.place.company))
    form = CompanyForm(own, draft.place.company, request.POST)
    if form.is_valid():
        try:
            _save(request, draft, form)
        except (AlreadyOpen, FieldProblems, DraftChanged, TooMany) as problem:
            form.take(problem)
        else:
            return go_to(onward(draft_view(request.actor, request_id)))
    return _page(request, draft, form, 422)


def _save(request: Request, draft: DraftView, form: CompanyForm) -> None:
    chosen = form.cleaned_data.get("company", ANOTHER)
    choose_company(
        actor=request.actor,
        request_id=draft.id,
        code="" if chosen == ANOTHER else chosen,
        nib=form.cleaned_data.get("nib", ""),
        seen=request.POST.get("seen", "")[:40],
    )


def _own(request: Request) -> dict[str, str]:
    """The companies the person works for, by code."""
    return {grant.company: grant.place for grant in request.actor.grants if grant.company}


def _page(request: Request, draft: DraftView, form: CompanyForm, status: int = 200) -> HttpResponse:
    values = {"form": form, "draft": draft, "role": ROLES[draft.role], "asked": asked_back(draft)}
    return render(request, "requests/company.html", values, status)
