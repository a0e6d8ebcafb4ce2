"""/requests/<id>/details: what only this role asks, of this type of person."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import DraftChanged
from gapura.access.queries import (
    DEFINITIVE,
    LINKED_ROLES,
    ROLES,
    DraftView,
    draft_view,
    legacy_account,
)
from gapura.access.services import save_answers
from gapura.accounts.queries import own_profile
from gapura.kernel.problems import FieldProblems
from gapura.web.requests.details_form import DetailsForm
from gapura.web.requests.editing import asked_back, is_editable, onward, page_of
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


def details(request: Request, request_id: UUID) -> HttpResponse:
    """The form; POST saves. `then=later` saves what there is, otherwise all of it is needed."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state) or not (draft.fields or draft.standings):
        return go_to(page_of(request_id))
    kind = own_profile(request.actor).kind.code
    if request.method == "GET":
        return _page(request, draft, DetailsForm(draft, kind))
    later = request.POST.get("then") == "later"
    form = DetailsForm(draft, kind, request.POST, partial=later)
    if not form.is_valid():
        return _page(request, draft, form, 422)
    try:
        _save(request, draft, form)
    except DraftChanged as problem:
        form.take(problem)
        return _page(request, draft_view(request.actor, request_id), form, 409)
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, draft, form, 422)
    if later:
        flash.say(request, "success", _("Saved. You can go on whenever you like."))
        return go_to("/requests")
    return go_to(onward(draft_view(request.actor, request_id)))


def _save(request: Request, draft: DraftView, form: DetailsForm) -> None:
    answers = form.answers()
    save_answers(
        actor=request.actor,
        request_id=draft.id,
        answers=answers,
        standing=form.cleaned_data.get("standing") or DEFINITIVE,
        principal=form.cleaned_data.get("principal") or "",
        seen=request.POST.get("seen", "")[:40],
    )


def _page(request: Request, draft: DraftView, form: DetailsForm, status: int = 200) -> HttpResponse:
    linked = draft.role in LINKED_ROLES
    values = {
        "form": form,
        "draft": draft,
        "role": ROLES[draft.role],
        "asked": asked_back(draft),
        "may_link": linked,
        "legacy": legacy_account(request.actor) if linked else None,
    }
    return render(request, "requests/details.html", values, status)
