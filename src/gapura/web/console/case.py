"""/console/cases/<id>: one request for help with its answers; answer it or close it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.helpdesk.permissions import Can
from gapura.helpdesk.queries import LEAST, MOST, case_for
from gapura.helpdesk.services import answer_case, close_case
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import agencies_by_code
from gapura.web.shell.flash import say
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import CASES


class AnswerForm(Form):
    """What is sent to the person."""

    text = TextField(
        label=lazy("Your answer"),
        hint=lazy(
            "It is sent by e-mail as it stands here. Say what the person should do next. Never ask "
            "for a password or a code."
        ),
        shortest=LEAST,
        longest=MOST,
        lines=True,
        rows=8,
        missing=lazy("Write your answer."),
    )


def show(request: Request, case_id: UUID) -> HttpResponse:
    """The case."""
    return _page(request, case_id, AnswerForm())


def answer(request: Request, case_id: UUID) -> HttpResponse:
    """Send the answer."""
    view = case_for(request.actor, case_id)
    require(request.actor, Can.ANSWER, view)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            answer_case(actor=request.actor, case=case_id, text=form.cleaned_data["text"])
        except FieldProblems as problems:
            form.take(problems)
        else:
            said = _("Your answer to %(reference)s is on its way.")
            say(request, "success", said % {"reference": view.reference})
            return go_to(f"/console/cases/{case_id}")
    return _page(request, case_id, form, 422)


def close(request: Request, case_id: UUID) -> HttpResponse:
    """Put the case away."""
    close_case(actor=request.actor, case=case_id)
    say(request, "success", _("The request for help is closed."))
    return go_to("/console/cases")


def _page(request: Request, case_id: UUID, form: AnswerForm, status: int = 200) -> HttpResponse:
    view = case_for(request.actor, case_id)
    agency = agencies_by_code({view.agency}).get(view.agency) if view.agency else None
    values = {
        "form": form,
        "case": view,
        "agency": agency.name if agency else "",
        "own": view.person is not None and view.person == request.actor.person,
        "states": CASES,
        "zone": request.actor.grant.zone if request.actor.grant else "",
    }
    return render(request, "console/case.html", values, status)
