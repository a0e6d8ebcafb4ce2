"""/company/takeovers: a new head takes a company over; the other side objects; others decide."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import DeedMissing, StaffReasonMissing
from gapura.access.permissions import Can
from gapura.access.queries import succession, succession_hours, succession_paper, successions
from gapura.accounts.errors import TextUnsafe
from gapura.journeys.onboarding import (
    allow_succession,
    begin_takeover,
    finish_takeover,
    object_to_succession,
    refuse_succession,
    withdraw_succession,
)
from gapura.kernel import clock
from gapura.kernel.permissions import require
from gapura.kernel.problems import Busy, Problem
from gapura.web.company.join import code_of
from gapura.web.company.words import SUCCESSION_WORDS
from gapura.web.shell import flash
from gapura.web.shell.downloads import saved
from gapura.web.shell.forms import ChoiceField, DayField, Form, TextField, UploadField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/company/takeovers"
ALLOW, REFUSE = "allow", "refuse"


def _former() -> list[tuple[str, str]]:
    return [
        ("stay", _("They stay as staff, without signing")),
        ("leave", _("Their roles end")),
    ]


class BeginForm(Form):
    """Which company, and the deed that names the new head."""

    company = TextField(
        label=lazy("Business number (NIB) or code of the company"),
        missing=lazy("Enter the business number or the code of the company."),
        longest=40,
        width="20",
        autocomplete="off",
    )
    number = TextField(
        label=lazy("Number of the deed of the change"),
        hint=lazy("As it stands on the deed or on its approval by the Ministry of Law (AHU)."),
        missing=lazy("Enter the number of the deed."),
        longest=60,
    )
    day = DayField(label=lazy("Day of the deed"), last=clock.today)
    document = UploadField(
        label=lazy("The deed"),
        hint=lazy("PDF or JPG, at most 2 MB."),
        accept=".pdf,.jpg,.jpeg",
    )
    former = ChoiceField(
        label=lazy("What becomes of those who administer the company now"), choices=_former
    )


class ReasonForm(Form):
    """Why one objects."""

    reason = TextField(
        label=lazy("Why this is not right"),
        hint=lazy("The helpdesk and the other side read it. 10 to 300 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=300,
    )


class DecideForm(Form):
    """Who is right."""

    decision = ChoiceField(
        label=lazy("Your decision"),
        choices=lambda: [
            (ALLOW, _("The new head may take over")),
            (REFUSE, _("The new head may not take over")),
        ],
    )
    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("Both sides read it. 10 to 300 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=300,
    )


def begin(request: Request) -> HttpResponse:
    """Begin to take a company over; whose identity is open reads where to have it checked."""
    require(request.actor, Can.START_SUCCESSION)
    if request.method == "GET":
        first = {"company": request.GET.get("company", "")[:20]}
        return _begin(request, BeginForm(initial=first), 200)
    form = BeginForm(request.POST, request.FILES)
    if form.is_valid() and (row := _begun(request, form)):
        flash.say(request, "success", _("Begun. Everybody of the company was told."))
        return SeeOther(f"{HERE}/{row}")
    return _begin(request, form, 422)


def _begin(request: Request, form: BeginForm, status: int) -> HttpResponse:
    context = {"form": form, "hours": succession_hours()}
    return render(request, "company/takeover_begin.html", context, status)


def _begun(request: Request, form: BeginForm) -> UUID | None:
    told = form.cleaned_data
    file = told["document"]
    try:
        return begin_takeover(
            actor=request.actor,
            company=code_of(told["company"]),
            number=told["number"],
            day=told["day"],
            file=(file.name or "", file.read()),
            former=told["former"],
        )
    except Busy:
        raise
    except DeedMissing as problem:
        form.refuse("number", problem)
    except Problem as problem:
        if problem.status in (403, 503):
            raise
        form.refuse("company", problem)
    return None


def show(request: Request, succession_id: UUID) -> HttpResponse:
    """One takeover, and what the reader can do about it."""
    return _page(request, succession_id)


def _page(request: Request, row: UUID, form: Form | None = None) -> HttpResponse:
    found = succession(request.actor, row)
    forms: dict[str, Any] = {"objecting": ReasonForm(), "deciding": DecideForm()}
    if form is not None:
        forms["deciding" if isinstance(form, DecideForm) else "objecting"] = form
    context = {"row": found, "states": SUCCESSION_WORDS, "form": form, **forms}
    return render(request, "company/takeover.html", context, 422 if form is not None else 200)


def oppose(request: Request, succession_id: UUID) -> HttpResponse:
    """Object to it."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _page(request, succession_id, form)
    try:
        object_to_succession(
            actor=request.actor, succession_id=succession_id, reason=form.cleaned_data["reason"]
        )
    except (StaffReasonMissing, TextUnsafe) as problem:
        form.refuse("reason", problem)
        return _page(request, succession_id, form)
    flash.say(request, "success", _("The helpdesk was told and decides. Nothing changes now."))
    return SeeOther(f"{HERE}/{succession_id}")


def decide(request: Request, succession_id: UUID) -> HttpResponse:
    """Who is right."""
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _page(request, succession_id, form)
    verb = allow_succession if form.cleaned_data["decision"] == ALLOW else refuse_succession
    try:
        verb(actor=request.actor, succession_id=succession_id, reason=form.cleaned_data["reason"])
    except (StaffReasonMissing, TextUnsafe) as problem:
        form.refuse("reason", problem)
        return _page(request, succession_id, form)
    flash.say(request, "success", _("Decided. Both sides were told."))
    return SeeOther(f"{HERE}/{succession_id}")


def withdraw(request: Request, succession_id: UUID) -> HttpResponse:
    """No longer take it over."""
    withdraw_succession(actor=request.actor, succession_id=succession_id)
    flash.say(request, "success", _("You no longer take the company over."))
    return SeeOther("/company")


def finish(request: Request, succession_id: UUID) -> HttpResponse:
    """Become its administrator."""
    finish_takeover(actor=request.actor, succession_id=succession_id)
    told = _("You administer the company now. Look through its people and what they may do.")
    flash.say(request, "success", told)
    return SeeOther("/company")


def paper(request: Request, succession_id: UUID) -> HttpResponse:
    """The deed, as a download."""
    return saved(succession_paper(request.actor, succession_id))


def waiting(request: Request) -> HttpResponse:
    """What the helpdesk has to decide."""
    context = {"rows": successions(request.actor), "states": SUCCESSION_WORDS}
    return render(request, "company/takeovers.html", context)


Verb = Callable[[Request, UUID], HttpResponse]
VERBS: dict[str, Verb] = {
    "object": oppose,
    "decide": decide,
    "withdraw": withdraw,
    "finish": finish,
}
