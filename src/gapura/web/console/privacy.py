"""/console/privacy: requests of people about their data, by deadline; answered within its hours."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.kernel import clock
from gapura.kernel.problems import FieldProblems
from gapura.organizations.queries import agencies_by_code
from gapura.privacy.queries import (
    LEAST,
    MOST,
    PAGE,
    RequestView,
    evidence_page,
    queue,
    queue_size,
    request_for,
)
from gapura.privacy.services import fulfill_request, refuse_request, take_request
from gapura.web.shell import flash
from gapura.web.shell.downloads import shown
from gapura.web.shell.forms import Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import DATA_REQUESTS

HERE = "/console/privacy"
_LAST_PAGE = 1000


class AnswerForm(Form):
    """What the person is told; said both when it is done and when it is refused."""

    answer = TextField(
        label=lazy("Your answer"),
        hint=lazy(
            "It is sent to the person as it stands here. Say what was done; if you refuse, say by "
            "which law."
        ),
        shortest=LEAST,
        longest=MOST,
        lines=True,
        rows=6,
        missing=lazy("Write your answer."),
        spelling=True,
    )


def show(request: Request) -> HttpResponse:
    """What waits at this desk, what is due first on top; or what was answered."""
    ended = request.GET.get("state") == "ended"
    page = _number(request.GET.get("page", ""))
    total = {each: queue_size(request.actor, ended=each) for each in (False, True)}
    rows = queue(request.actor, ended=ended, page=page)
    values = {
        "rows": rows,
        "hours": {row.id: _hours_left(row) for row in rows},
        "views": [
            {"text": text, "href": href, "count": total[each], "current": each == ended}
            for each, text, href in (
                (False, _("Open"), "?state=open"),
                (True, _("Answered"), "?state=ended"),
            )
        ],
        "ended": ended,
        "states": DATA_REQUESTS,
        "page": page,
        "pages": -(-total[ended] // PAGE),
        "zone": _zone(request),
    }
    return render(request, "console/privacy.html", values)


def one(request: Request, data_request_id: UUID) -> HttpResponse:
    """One request, and the form for its answer."""
    return _page(request, data_request_id, AnswerForm())


def take(request: Request, data_request_id: UUID) -> HttpResponse:
    """Say that one answers it."""
    take_request(actor=request.actor, request_id=data_request_id)
    flash.say(request, "success", _("You answer this request. Its clock goes on."))
    return go_to(f"{HERE}/{data_request_id}")


def fulfill(request: Request, data_request_id: UUID) -> HttpResponse:
    """Do what was asked and say so."""
    return _answer(request, data_request_id, fulfill_request, _("The person is told it is done."))


def refuse(request: Request, data_request_id: UUID) -> HttpResponse:
    """Say why not."""
    return _answer(request, data_request_id, refuse_request, _("The person is told why not."))


def evidence(request: Request, data_request_id: UUID) -> HttpResponse:
    """The picture of the first page of what was handed in."""
    return shown(evidence_page(request.actor, data_request_id, 1))


def _answer(request: Request, key: UUID, verb: Any, said: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            verb(actor=request.actor, request_id=key, answer=form.cleaned_data["answer"])
        except FieldProblems as problem:
            form.take(problem)
        else:
            flash.say(request, "success", said)
            return go_to(HERE)
    return _page(request, key, form)


def _page(request: Request, key: UUID, form: AnswerForm) -> HttpResponse:
    found = request_for(request.actor, key)
    agency = agencies_by_code({found.agency}).get(found.agency) if found.agency else None
    values = {
        "found": found,
        "form": form,
        "agency": agency.name if agency else "",
        "hours": _hours_left(found),
        "states": DATA_REQUESTS,
        "zone": _zone(request),
        "own": found.person_id == request.actor.person,
    }
    return render(request, "console/privacy_request.html", values, 422 if form.errors else 200)


def _hours_left(row: RequestView) -> int:
    """Whole hours until it is due; below zero when they are over."""
    return int((row.due_at - (row.ended_at or clock.now())).total_seconds() // 3600)


def _zone(request: Request) -> str:
    return request.actor.grant.zone if request.actor.grant else clock.JAKARTA


def _number(text: str) -> int:
    """A page number; anything else is the first page."""
    good = text.isascii() and text.isdigit() and len(text) <= 4
    return min(max(int(text), 1), _LAST_PAGE) if good else 1
