"""/account/duplicate: you were asked, or told, that another account may be yours, too."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.accounts.errors import ReasonTooShort
from gapura.accounts.queries import ANSWERS, EVIDENCE, own_duplicate
from gapura.accounts.services import answer_duplicate, object_duplicate
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import DUPLICATES


class AnswerForm(Form):
    """Is the other account yours, too?"""

    answer = ChoiceField(
        label=lazy("Is the other account yours, too?"), missing=lazy("Choose an answer.")
    )

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        fields: Any = self.fields
        fields["answer"].choices = [(code, tr(text)) for code, text in ANSWERS.items()]


class ObjectForm(Form):
    """Why the closing is wrong."""

    objection = TextField(
        label=lazy("Why is this wrong?"),
        hint=lazy("Somebody else than before reads it. 10 to 500 characters."),
        missing=lazy("Write at least 10 characters, so that it can be looked into."),
        shortest=10,
        longest=500,
        lines=True,
        rows=4,
        spelling=True,
    )


def show(request: Request, duplicate_id: UUID) -> HttpResponse:
    """What is asked or announced, what speaks for it, and what the person can say to it."""
    return _page(request, duplicate_id)


def answer(request: Request, duplicate_id: UUID) -> HttpResponse:
    """Yes or no."""
    if request.method != "POST":
        own_duplicate(request.actor, duplicate_id)
        return go_to(f"/account/duplicate/{duplicate_id}")
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, duplicate_id, form)
    answer_duplicate(
        actor=request.actor, duplicate_id=duplicate_id, answer=form.cleaned_data["answer"]
    )
    flash.say(request, "success", _("Thank you. Your answer is recorded."))
    return go_to(f"/account/duplicate/{duplicate_id}")


def object_(request: Request, duplicate_id: UUID) -> HttpResponse:
    """Object: nothing is closed before somebody else has looked at it."""
    if request.method != "POST":
        own_duplicate(request.actor, duplicate_id)
        return go_to(f"/account/duplicate/{duplicate_id}")
    form = ObjectForm(request.POST)
    if not form.is_valid():
        return _page(request, duplicate_id, form)
    try:
        object_duplicate(
            actor=request.actor,
            duplicate_id=duplicate_id,
            objection=form.cleaned_data["objection"],
        )
    except ReasonTooShort as problem:
        form.refuse("objection", problem)
        return _page(request, duplicate_id, form)
    flash.say(
        request, "success", _("You objected. Nothing is closed before somebody else decides.")
    )
    return go_to(f"/account/duplicate/{duplicate_id}")


def _page(
    request: Request, duplicate_id: UUID, wrong: AnswerForm | ObjectForm | None = None
) -> HttpResponse:
    values = {
        "view": own_duplicate(request.actor, duplicate_id),
        "evidence": EVIDENCE,
        "answers": ANSWERS,
        "states": DUPLICATES,
        "answer": wrong if isinstance(wrong, AnswerForm) else AnswerForm(),
        "object": wrong if isinstance(wrong, ObjectForm) else ObjectForm(),
        "form": wrong,
        "zone": request.actor.grant.zone if request.actor.grant else "Asia/Jakarta",
    }
    return render(request, "account/duplicate.html", values, 422 if wrong else 200)
