"""/console/log/assignments: what auditors may read beside their own agency, under which letter."""

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.audit.errors import BadAssignment
from gapura.audit.permissions import Can
from gapura.audit.queries import AssignmentView, assignments_for
from gapura.audit.services import confirm_assignment, end_assignment
from gapura.documents.errors import NoSuchDocument
from gapura.documents.queries import get_document
from gapura.documents.services import receive
from gapura.journeys.assignments import Assigning, assign_auditor
from gapura.kernel import clock
from gapura.kernel.permissions import decide, may
from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_
from gapura.organizations.queries import LetterText
from gapura.web.console.log_tabs import log_tabs
from gapura.web.console.places import agency_names
from gapura.web.letters.letter_fields import LetterFields
from gapura.web.shell import flash
from gapura.web.shell.display import day
from gapura.web.shell.forms import DayField, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import Words

HERE = "/console/log/assignments"
STATES: Words = {
    "waiting": (N_("Waits for the platform"), "yellow"),
    "coming": (N_("Not begun yet"), "blue"),
    "in_force": (N_("In force"), "teal"),
    "over": (N_("Over"), "grey"),
    "ended": (N_("Ended"), "grey"),
}


class AssignmentForm(LetterFields):
    """What the letter says, whom it sends, and what it opens."""

    since = DayField(label=lazy("First day"))
    until = DayField(label=lazy("Last day"))
    username = TextField(label=lazy("Username of the auditor"), longest=40, autocomplete="off")
    agencies = TextField(
        label=lazy("Other agencies (codes)"),
        hint=lazy("Divided by commas. Empty is your own agency. Others have to be confirmed by the "
                  "platform administrator."),
        longest=400,
        required=False,
        autocomplete="off",
    )  # fmt: skip
    units = TextField(
        label=lazy("Only these units (codes)"), longest=1000, required=False, autocomplete="off"
    )
    case = TextField(
        label=lazy("Only this case"),
        hint=lazy("A reference such as SP-2026-000123. Empty is everything there."),
        required=False,
        autocomplete="off",
    )

    def __init__(self, *args: Any, kept: bool = False) -> None:
        super().__init__(*args)
        self.fields["document"].required = not kept
        for name in ("valid_from", "beyond_year"):
            del self.fields[name]


def show(request: Request) -> HttpResponse:
    """An auditor's own, an agency's, or all: with what the reader may do about each."""
    found = assignments_for(request.actor)
    agencies = agency_names({code for one in found for code in one.agencies})
    values = {
        "lines": [_line(request, one, agencies) for one in found],
        "states": STATES,
        "registers": may(request.actor, Can.ASSIGN),
        "tabs": log_tabs(request.actor, HERE),
    }
    return render(request, "console/assignments.html", values)


def new(request: Request) -> HttpResponse:
    """The form; POST registers the assignment."""
    if request.method == "GET":
        return _page(request, AssignmentForm(), None)
    kept = _kept(request)
    form = AssignmentForm(request.POST, request.FILES, kept=kept is not None)
    form.is_valid()
    document = _taken(request, form) or kept
    if form.errors or document is None:
        return _page(request, form, document, 422)
    try:
        assign_auditor(actor=request.actor, told=_told(form.cleaned_data, document))
    except BadAssignment as problem:
        form.take(problem)
        return _page(request, form, document, 422)
    flash.say(request, "success", _("The assignment is registered."))
    return go_to(HERE)


def _page(
    request: Request, form: AssignmentForm, kept: UUID | None, status: int = 200
) -> HttpResponse:
    values = {"form": form, "kept": kept}
    return render(request, "console/assignment_new.html", values, status)


def _kept(request: Request) -> UUID | None:
    """The scan that came with an earlier try of this form; only the actor's own."""
    try:
        found = get_document(UUID(request.POST.get("kept", "")[:36]))
    except (ValueError, NoSuchDocument):
        return None
    return found.id if found.uploaded_by == request.actor.person else None


def _taken(request: Request, form: AssignmentForm) -> UUID | None:
    """The uploaded file, once the gate has looked at it."""
    file = form.cleaned_data.get("document")
    if file is None:
        return None
    try:
        return receive(actor=request.actor, name=file.name or "", content=file.read())
    except Problem as problem:
        form.refuse("document", problem)
        return None


def confirm(request: Request, assignment_id: UUID) -> HttpResponse:
    """Let it open other agencies. Doing it twice ends on the same page."""
    confirm_assignment(actor=request.actor, assignment_id=assignment_id)
    flash.say(request, "success", _("The assignment is confirmed."))
    return go_to(HERE)


def end(request: Request, assignment_id: UUID) -> HttpResponse:
    """End it now. Doing it twice ends on the same page."""
    end_assignment(actor=request.actor, assignment_id=assignment_id)
    flash.say(request, "info", _("The assignment has ended. It opens nothing any more."))
    return go_to(HERE)


def _told(given: dict[str, Any], document: UUID) -> Assigning:
    return Assigning(
        letter=LetterText(
            given["number"],
            given["signed_on"],
            given["signer_name"],
            given["signer_position"],
            given["since"],
            given["until"],
        ),
        document=document,
        username=given["username"].lower(),
        agencies=_codes(given["agencies"]),
        units=_codes(given["units"]),
        case=given["case"],
    )


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in re.split(r"[\s,;]+", text) if code)


def _line(request: Request, one: AssignmentView, agencies: dict[str, str]) -> dict[str, Any]:
    state, actor = one.state(clock.today()), request.actor
    mine = one.person == actor.person and state == "in_force"
    return {
        "id": one.id,
        "number": one.number,
        "letter": one.letter,
        "username": one.username,
        "agencies": ", ".join(agencies.get(code, code) for code in one.agencies),
        "units": ", ".join(one.units),
        "case": one.case,
        "days": _("%(first)s to %(last)s") % {"first": day(one.since), "last": day(one.until)},
        "state": state,
        "under": f"?under={one.id}" if mine and actor.role == "apip" else "",
        "confirms": state == "waiting" and bool(decide(actor, Can.CONFIRM_ASSIGNMENT, one)),
        "ends": state not in ("over", "ended") and bool(decide(actor, Can.END_ASSIGNMENT, one)),
    }
