"""Answering in an access review: choosing, reading back, confirming; ending one access."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from gapura.access.errors import BadReview, LinesAnswered, NoSuchReview, NothingChosen
from gapura.access.queries import REMOVAL_REASONS, line_to_end, lines_named, review_for
from gapura.access.services import Answered, confirm_lines, remove_line
from gapura.web.people.reviews.shown import back, shown
from gapura.web.people.reviews.words import head_of, line_of
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import CheckField, ChoiceField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_MOST = 50


class ReadForm(Form):
    """That the list was read."""

    read = CheckField(
        label=lazy("I know these people's work, and each of these accesses is still right")
    )


class RemoveForm(Form):
    """Why an access ends."""

    reason_code = ChoiceField(label=lazy("What has changed"), look="radios")
    reason = TextField(
        label=lazy("Explanation"),
        hint=lazy("The person reads it. 10 to 300 characters."),
        missing=lazy("Enter the explanation."),
        lines=True,
        rows=3,
        longest=300,
    )

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        fields: Any = self.fields
        fields["reason_code"].choices = [(code, tr(n)) for code, n in REMOVAL_REASONS.items()]


def confirm(request: Request, review_id: UUID) -> HttpResponse:
    """First the chosen accesses are read back; with the tick under that list they are confirmed."""
    if request.method != "POST":
        review_for(request.actor, review_id)
        return go_to(back(review_id))
    chosen = _chosen(request)
    if not 0 < len(chosen) <= _MOST:
        return _wrong(request, review_id, NothingChosen(most=_MOST))
    asked = "said" in request.POST
    form = ReadForm(request.POST if asked else None)
    if not asked or not form.is_valid():
        return _read_back(request, review_id, chosen, form)
    done = confirm_lines(actor=request.actor, review_id=review_id, line_ids=chosen)
    _said(request, done)
    return go_to(back(review_id))


def _chosen(request: Request) -> list[UUID]:
    """The ticked lines; what is no id at all is no line that there is."""
    found = request.POST.getlist("line")[: _MOST + 1]
    try:
        return list(dict.fromkeys(UUID(one[:36]) for one in found))
    except ValueError as problem:
        raise NoSuchReview() from problem


def _wrong(request: Request, review_id: UUID, problem: NothingChosen) -> HttpResponse:
    form = Form({})
    form.is_valid()
    form.take(problem)
    return shown(request, review_id, form, 422)


def _read_back(
    request: Request, review_id: UUID, chosen: list[UUID], form: ReadForm
) -> HttpResponse:
    found = review_for(request.actor, review_id)
    rows = lines_named(request.actor, found, chosen)
    values = {
        "form": form,
        "found": head_of(found),
        "lines": [line_of(row) for row in rows],
        "left_out": [line_of(row) for row in rows if not row.mine],
    }
    return render(request, "people/reviews/confirm.html", values, 422 if form.errors else 200)


def _said(request: Request, done: Answered) -> None:
    if done.confirmed:
        text = ngettext(
            "%(count)s access is confirmed.", "%(count)s accesses are confirmed.", done.confirmed
        )
        flash.say(request, "success", text % {"count": done.confirmed})
    if done.gone:
        text = ngettext(
            "%(count)s access had ended meanwhile.",
            "%(count)s accesses had ended meanwhile.",
            done.gone,
        )
        flash.say(request, "info", text % {"count": done.gone})
    if done.taken:
        text = ngettext(
            "%(count)s access was answered by somebody else first; that answer counts.",
            "%(count)s accesses were answered by somebody else first; those answers count.",
            done.taken,
        )
        flash.say(request, "info", text % {"count": done.taken})


def remove(request: Request, review_id: UUID, line_id: UUID) -> HttpResponse:
    """What ends and what follows from it; POST ends it."""
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _removal(request, review_id, line_id, form)
    try:
        ended = remove_line(
            actor=request.actor,
            review_id=review_id,
            line_id=line_id,
            reason_code=form.cleaned_data["reason_code"],
            reason=form.cleaned_data["reason"],
        )
    except BadReview as problem:
        form.take(problem)
        return _removal(request, review_id, line_id, form)
    except LinesAnswered as problem:
        form.take(problem)
        return _removal(request, review_id, line_id, form, 409)
    if ended:
        flash.say(request, "success", _("The access has ended. The person was told why."))
    else:
        flash.say(request, "info", _("The access had ended by itself meanwhile."))
    return go_to(back(review_id))


def _removal(
    request: Request, review_id: UUID, line_id: UUID, form: RemoveForm, status: int = 0
) -> HttpResponse:
    found = review_for(request.actor, review_id)
    row = line_to_end(request.actor, found, line_id)
    values = {"form": form, "found": head_of(found), "line": line_of(row)}
    return render(
        request, "people/reviews/remove.html", values, status or (422 if form.errors else 200)
    )
