"""Opening an access review, giving it more time, breaking it off."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import BadReview, NoSuchReview, NothingToReview, ReviewRuns
from gapura.access.permissions import Can
from gapura.access.queries import OVERDUE, ReviewRow, review_defaults, review_for
from gapura.access.services import cancel_review, extend_review, open_review
from gapura.kernel.permissions import require
from gapura.kernel.problems import Problem
from gapura.organizations.queries import agencies_by_code
from gapura.web.people.reviews.shown import back
from gapura.web.people.reviews.words import head_of
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import ChoiceField, DayField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_REASON = lazy("Everybody who is asked to answer reads it. 10 to 300 characters.")


class _Reason(TextField):
    def __init__(self) -> None:
        super().__init__(
            label=lazy("Reason"),
            hint=_REASON,
            missing=lazy("Enter the reason."),
            lines=True,
            rows=2,
            longest=300,
        )


class OpenForm(Form):
    """Whose access, why, until when, and what happens to what nobody answers."""

    agency = TextField(
        label=lazy("Agency code"),
        hint=lazy("Such as D32. Leave it empty for the platform's own roles."),
        longest=20,
        required=False,
    )
    reason = _Reason()
    due_on = DayField(label=lazy("Last day to answer"))
    overdue = ChoiceField(label=lazy("What nobody answers in time"), look="radios")

    def __init__(self, *args: Any, own: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        fields: Any = self.fields
        fields["overdue"].choices = [(code, tr(name)) for code, name in OVERDUE.items()]
        if own:
            del fields["agency"]


class MoreForm(Form):
    """A later day, and why."""

    due_on = DayField(label=lazy("New last day to answer"))
    reason = _Reason()


class CancelForm(Form):
    """Why it is broken off."""

    reason = _Reason()


def new(request: Request) -> HttpResponse:
    """The form; POST opens the review and goes to it."""
    require(request.actor, Can.OPEN_REVIEW)
    due_on, overdue = review_defaults(request.actor.agency)
    form = OpenForm(
        request.POST if request.method == "POST" else None,
        own=bool(request.actor.agency),
        initial={"due_on": due_on, "overdue": overdue},
    )
    if not form.is_bound or not form.is_valid():
        return _new(request, form)
    try:
        review = _opened(request, form)
    except BadReview as problem:
        form.take(problem)
        return _new(request, form)
    except (ReviewRuns, NothingToReview, NoSuchReview) as problem:
        return _new(request, form, problem)
    flash.say(request, "success", _("The access review is open. Who is to answer was told."))
    return go_to(back(review))


def _opened(request: Request, form: OpenForm) -> UUID:
    given = form.cleaned_data
    agency = request.actor.agency or given["agency"].strip().upper()
    return open_review(
        actor=request.actor,
        agency=agency,
        due_on=given["due_on"],
        overdue=given["overdue"],
        reason=given["reason"],
    )


def _new(request: Request, form: OpenForm, problem: Problem | None = None) -> HttpResponse:
    if isinstance(problem, NoSuchReview):
        form.add_error("agency" if "agency" in form.fields else None, _("No agency has this code."))
    elif problem is not None:
        form.take(problem)
    names = agencies_by_code({request.actor.agency}) if request.actor.agency else {}
    whose = names[request.actor.agency].name if names else ""
    status = 409 if isinstance(problem, ReviewRuns) else 422 if form.errors else 200
    return render(request, "people/reviews/new.html", {"form": form, "agency": whose}, status)


def extend(request: Request, review_id: UUID) -> HttpResponse:
    """A later last day."""
    form = MoreForm(request.POST if request.method == "POST" else None)
    found = review_for(request.actor, review_id)
    require(request.actor, Can.EXTEND_REVIEW, _About(found))
    if not form.is_bound or not form.is_valid():
        return _form(request, "extend", found, form)
    try:
        extend_review(actor=request.actor, review_id=review_id, **form.cleaned_data)
    except BadReview as problem:
        form.take(problem)
        return _form(request, "extend", found, form)
    flash.say(request, "success", _("Everybody has more time, and was told."))
    return go_to(back(review_id))


def cancel(request: Request, review_id: UUID) -> HttpResponse:
    """It is broken off; what was answered stays."""
    form = CancelForm(request.POST if request.method == "POST" else None)
    found = review_for(request.actor, review_id)
    require(request.actor, Can.CANCEL_REVIEW, _About(found))
    if not form.is_bound or not form.is_valid():
        return _form(request, "cancel", found, form)
    try:
        cancel_review(actor=request.actor, review_id=review_id, **form.cleaned_data)
    except BadReview as problem:
        form.take(problem)
        return _form(request, "cancel", found, form)
    flash.say(request, "success", _("The access review is broken off. Who was to answer was told."))
    return go_to(back(review_id))


class _About:
    """What the permission is asked about."""

    def __init__(self, found: ReviewRow) -> None:
        self.agency_id = found.agency or None


def _form(request: Request, verb: str, found: ReviewRow, form: Form) -> HttpResponse:
    values = {"form": form, "found": head_of(found)}
    return render(request, f"people/reviews/{verb}.html", values, 422 if form.errors else 200)
