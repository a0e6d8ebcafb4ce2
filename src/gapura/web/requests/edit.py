"""/requests/<id>/edit: place, letter and scan; can be saved half done and continued later."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import AlreadyOpen, DraftChanged
from gapura.access.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    ROLES,
    DraftView,
    draft_view,
)
from gapura.access.services import save_draft
from gapura.documents.queries import get_document
from gapura.documents.services import receive
from gapura.kernel.problems import FieldProblems, Problem
from gapura.web.requests.draft_form import DraftForm
from gapura.web.requests.editing import is_editable, page_of
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.forms import sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


@dataclass(frozen=True, slots=True)
class Answer:
    """What came with a POST: whether it may be half done, and what the page had shown before."""

    later: bool
    seen: str


def edit(request: Request, request_id: UUID) -> HttpResponse:
    """The form; POST saves. `then=later` saves what there is, otherwise all of it is needed."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state):
        return go_to(page_of(request_id))
    if not draft.place.agency:
        return go_to(page_of(request_id, "agency"))
    if request.method == "GET":
        return _page(request, draft, DraftForm(draft))
    answer = Answer(request.POST.get("then") == "later", request.POST.get("seen", "")[:40])
    form = DraftForm(draft, request.POST, request.FILES, partial=answer.later)
    form.is_valid()
    document = _taken(request, form)
    if form.errors:
        return _refused(request, draft, form, document, answer)
    return _saved(request, draft, form, document, answer)


def _taken(request: Request, form: DraftForm) -> UUID | None:
    """The uploaded file, once the gate has looked at it."""
    file = form.cleaned_data.get("document")
    if file is None:
        return None
    try:
        return receive(actor=request.actor, name=file.name or "", content=file.read())
    except Problem as problem:
        form.add_error("document", sentences(problem))
        return None


def _refused(
    request: Request, draft: DraftView, form: DraftForm, document: UUID | None, answer: Answer
) -> HttpResponse:
    """Show the errors; a file that was good is kept, so that it need not be chosen again."""
    if document is not None:
        try:
            save_draft(
                actor=request.actor,
                request_id=draft.id,
                role=draft.role,
                document=document,
                seen=answer.seen,
            )
        except DraftChanged as problem:
            return _changed(request, form, draft.id, problem)
        draft = draft_view(request.actor, draft.id)
        form.fields["document"].label = _("Replace the scan")
    return _page(request, draft, form, status=422)


def _saved(
    request: Request, draft: DraftView, form: DraftForm, document: UUID | None, answer: Answer
) -> HttpResponse:
    try:
        save_draft(
            actor=request.actor,
            request_id=draft.id,
            role=draft.role,
            unit=form.cleaned_data.get("unit"),
            letter=form.letter(),
            document=document,
            seen=answer.seen,
        )
    except DraftChanged as problem:
        return _changed(request, form, draft.id, problem)
    except (FieldProblems, AlreadyOpen) as problem:
        form.take(problem)
        return _refused(request, draft, form, document, answer)
    if answer.later:
        flash.say(request, "success", _("Saved. You can go on whenever you like."))
        return go_to("/requests")
    return go_to(page_of(draft.id, "check"))


def _changed(
    request: Request, form: DraftForm, request_id: UUID, problem: DraftChanged
) -> HttpResponse:
    """What was typed stays in the form; saving again replaces what the other window saved."""
    form.take(problem)
    return _page(request, draft_view(request.actor, request_id), form, status=409)


def _page(request: Request, draft: DraftView, form: DraftForm, status: int = 200) -> HttpResponse:
    values: dict[str, Any] = {
        "form": form,
        "draft": draft,
        "role": ROLES[draft.role],
        "file": get_document(draft.document) if draft.document else None,
        "asked": {
            each.field: {
                "field": tr(CORRECTABLE[each.field]),
                "reason": tr(CORRECTION_REASONS[each.reason_code]),
                "note": each.note,
            }
            for each in (draft.corrections if draft.state == "needs_correction" else ())
        },
    }
    return render(request, "requests/edit.html", values, status)
