"""Papers of a company: one file a page, before it is registered and after."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.journeys.onboarding import add_paper, keep_papers
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.errors import NoSuchPaper
from gapura.organizations.permissions import Can
from gapura.organizations.queries import (
    PAPERS,
    application_of,
    company_for,
    open_paper,
    open_past_paper,
)
from gapura.organizations.services import PaperText
from gapura.web.shell import flash
from gapura.web.shell.days import PlainDayField
from gapura.web.shell.display import tr
from gapura.web.shell.downloads import saved
from gapura.web.shell.forms import Form, TextField, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther


class PaperForm(Form):
    """One file."""

    document = UploadField(
        label=lazy("File"),
        hint=lazy("PDF or JPG, at most 2 MB."),
        accept=".pdf,.jpg,.jpeg",
    )


class NewerForm(PaperForm):
    """One file with what stands on it."""

    number = TextField(
        label=lazy("Number of the document"),
        hint=lazy("As it stands on it. Leave it empty where there is none."),
        required=False,
        longest=100,
    )
    valid_from = PlainDayField(label=lazy("Counts from"), required=False)
    valid_until = PlainDayField(
        label=lazy("Counts until"),
        hint=lazy("Its last day. Leave it empty where the document names none."),
        required=False,
    )

    def text(self) -> PaperText:
        """Number and days."""
        said = self.cleaned_data
        return PaperText(said["number"], said["valid_from"], said["valid_until"])


def first(request: Request, kind: str) -> HttpResponse:
    """A paper for a registration that is being prepared."""
    found = application_of(request.actor)
    if kind not in PAPERS:
        raise NoSuchPaper()
    if found is None or not may(request.actor, Can.FOUND_COMPANY, found):
        return SeeOther("/company/new")
    back = "/company/new/details"
    form, file = _form(request)
    if file is None:
        return _page(request, form, kind, back)
    problems = keep_papers(actor=request.actor, files={kind: (file.name or "", file.read())})
    if problems:
        form.refuse("document", problems[kind])
        return _page(request, form, kind, back, 422)
    flash.say(request, "success", _("The document was added."))
    return SeeOther(back)


def newer(request: Request, kind: str) -> HttpResponse:
    """A paper of the own company, or a newer one in its place."""
    require(request.actor, Can.UPDATE_COMPANY)
    if kind not in PAPERS:
        raise NoSuchPaper()
    form = NewerForm(request.POST, request.FILES) if request.method == "POST" else NewerForm()
    if not form.is_bound or not form.is_valid():
        return _page(request, form, kind, "/company")
    file = form.cleaned_data["document"]
    try:
        add_paper(
            actor=request.actor, kind=kind, name=file.name or "", content=file.read(),
            text=form.text(),
        )  # fmt: skip
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, kind, "/company", 422)
    except Problem as problem:
        form.refuse("document", problem)
        return _page(request, form, kind, "/company", 422)
    flash.say(request, "success", _("The document was added."))
    return SeeOther("/company")


def file(request: Request, kind: str) -> HttpResponse:
    """The present paper of the own company as it was handed in, as a download."""
    company_for(request.actor)
    return saved(open_paper(request.actor, kind))


def past(request: Request, past_id: UUID) -> HttpResponse:
    """A paper that a newer one replaced, as a download."""
    company_for(request.actor)
    return saved(open_past_paper(request.actor, past_id))


def _form(request: Request) -> tuple[PaperForm, Any]:
    if request.method == "GET":
        return PaperForm(), None
    form = PaperForm(request.POST, request.FILES)
    return form, form.cleaned_data["document"] if form.is_valid() else None


def _page(request: Request, form: PaperForm, kind: str, back: str, status: int = 0) -> HttpResponse:
    context = {"form": form, "title": tr(PAPERS[kind]), "back": back}
    return render(request, "company/paper.html", context, status or (422 if form.errors else 200))
