"""/requests/<id>/edit: the letter, chosen or copied; can be saved half done."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access.errors import AlreadyOpen, DraftChanged
from gapura.access.queries import ROLES, DraftView, draft_view
from gapura.access.services import choose_letter, save_draft
from gapura.documents.queries import get_document
from gapura.documents.services import receive
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.queries import LetterChoice, registered_letters
from gapura.web.requests.draft_form import DraftForm
from gapura.web.requests.editing import (
    asked_back,
    is_editable,
    onward,
    page_of,
    page_of_place,
)
from gapura.web.shell import flash
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
    if not (draft.place.agency or draft.place.company):
        return go_to(page_of(request_id, page_of_place(draft)))
    letters = _letters(request, draft)
    if request.method == "GET":
        return _page(request, draft, DraftForm(draft, letters))
    answer = Answer(request.POST.get("then") == "later", request.POST.get("seen", "")[:40])
    form = DraftForm(draft, letters, request.POST, request.FILES, partial=answer.later)
    form.is_valid()
    document = _taken(request, form)
    if form.errors:
        return _refused(request, draft, form, document, answer)
    if form.chosen is not None:
        return _chosen(request, draft, form, form.chosen, answer)
    return _saved(request, draft, form, document, answer)


def _letters(request: Request, draft: DraftView) -> list[LetterChoice]:
    """Letters of the register that may appoint to this role here."""
    if not draft.place.agency:
        return []
    found = registered_letters(request.actor, draft.place.agency, draft.place.unit)
    return [each for each in found if not each.roles or draft.role in each.roles]


def _chosen(
    request: Request, draft: DraftView, form: DraftForm, letter_id: UUID, answer: Answer
) -> HttpResponse:
    """Rest on a letter of the register; days typed are the person's own within the letter's."""
    try:
        choose_letter(
            actor=request.actor,
            request_id=draft.id,
            letter_id=letter_id,
            first=form.cleaned_data.get("valid_from"),
            last=form.cleaned_data.get("valid_until"),
            beyond_year=form.cleaned_data.get("beyond_year"),
            seen=answer.seen,
        )
    except DraftChanged as problem:
        return _changed(request, form, draft.id, problem)
    except FieldProblems as problem:
        form.take(problem)
        return _page(request, draft, form, status=422)
    return _done(request, draft, answer)


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
            letter=form.letter(),
            beyond_year=form.cleaned_data.get("beyond_year"),
            document=document,
            seen=answer.seen,
        )
    except DraftChanged as problem:
        return _changed(request, form, draft.id, problem)
    except (FieldProblems, AlreadyOpen) as problem:
        form.take(problem)
        return _refused(request, draft, form, document, answer)
    return _done(request, draft, answer)


def _done(request: Request, draft: DraftView, answer: Answer) -> HttpResponse:
    if answer.later:
        flash.say(request, "success", _("Saved. You can go on whenever you like."))
        return go_to("/requests")
    return go_to(onward(draft_view(request.actor, draft.id)))


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
        "file": get_document(draft.document) if draft.document and not draft.letter_id else None,
        "asked": asked_back(draft),
    }
    return render(request, "requests/edit.html", values, status)
