"""/company/branches: the places of business of the own company."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.kernel import clock
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems, Overtaken
from gapura.organizations.permissions import Can
from gapura.organizations.queries import branch_for, branches_of, regencies
from gapura.organizations.services import BranchText, change_branch, close_branch, open_branch
from gapura.web.shell import flash
from gapura.web.shell.days import PlainDayField
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/company/branches"


def _regions() -> list[tuple[str, str]]:
    return [("", _("Not said")), *regencies()]


class TextForm(Form):
    """What may be corrected of a branch."""

    name = TextField(
        label=lazy("Name of the branch"),
        hint=lazy("For example: Cabang Surabaya."),
        missing=lazy("Enter the name."),
        longest=200,
    )
    address = TextField(
        label=lazy("Address"),
        hint=lazy("Street, number, village and district."),
        missing=lazy("Enter the address."),
        lines=True,
        rows=3,
        longest=300,
    )
    region = ChoiceField(
        label=lazy("Regency or city"), choices=_regions, look="select", required=False
    )

    def text(self) -> BranchText:
        """What is told."""
        said = self.cleaned_data
        return BranchText(said["name"], said["address"], said["region"])


class NewForm(TextForm):
    """A new branch."""

    nitku = TextField(
        label=lazy("Branch number (NITKU)"),
        hint=lazy("Its 22 digits, or only the last six. The head office has 000000."),
        missing=lazy("Enter the number."),
        longest=40,
    )
    since = PlainDayField(label=lazy("Open since"), missing=lazy("Enter the day."))
    field_order = ("nitku", "name", "address", "region", "since")


class CloseForm(Form):
    """Its last day."""

    until = PlainDayField(label=lazy("Last day"), missing=lazy("Enter the day."))


def branches(request: Request) -> HttpResponse:
    """All branches, open ones first."""
    values = {
        "rows": branches_of(request.actor),
        "may_change": may(request.actor, Can.OPEN_BRANCH),
        "today": clock.today(),
    }
    return render(request, "company/branches.html", values)


def new(request: Request) -> HttpResponse:
    """A new branch."""
    form = NewForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, "new")
    said = form.cleaned_data
    try:
        open_branch(actor=request.actor, nitku=said["nitku"], since=said["since"], text=form.text())
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, "new")
    except Overtaken as problem:
        form.refuse("nitku", problem)
        return _page(request, form, "new", 409)
    flash.say(request, "success", _("The branch was added."))
    return SeeOther(HERE)


def change(request: Request, branch_id: UUID) -> HttpResponse:
    """Name, address and region are corrected."""
    branch = branch_for(request.actor, branch_id)
    if request.method == "GET":
        kept = {"name": branch.name, "address": branch.address, "region": branch.region}
        return _page(request, TextForm(initial=kept), "change")
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, form, "change")
    try:
        change_branch(actor=request.actor, branch=branch_id, text=form.text())
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, "change")
    flash.say(request, "success", _("The branch was corrected."))
    return SeeOther(HERE)


def close(request: Request, branch_id: UUID) -> HttpResponse:
    """It ends after its last day."""
    require(request.actor, Can.CLOSE_BRANCH)
    branch_for(request.actor, branch_id)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, form, "close")
    until: date = form.cleaned_data["until"]
    try:
        close_branch(actor=request.actor, branch=branch_id, until=until)
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, form, "close")
    flash.say(request, "success", _("The branch ends after that day."))
    return SeeOther(HERE)


def _page(request: Request, form: Form, verb: str, status: int = 0) -> HttpResponse:
    words = {
        "new": (_("Add a branch"), _("Add the branch")),
        "change": (_("Correct a branch"), _("Save")),
        "close": (_("Close a branch"), _("Close the branch")),
    }
    title, button = words[verb]
    values = {"form": form, "title": title, "button": button, "back": HERE}
    values["warning"] = verb == "close"
    return render(request, "company/branch.html", values, status or (422 if form.errors else 200))
