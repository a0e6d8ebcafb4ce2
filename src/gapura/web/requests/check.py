"""/requests/<id>/check: everything once more to read, then POST /requests/<id>/submit."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.access.queries import (
    LINKED_ROLES,
    ROLES,
    STANDING_NAMES,
    DraftView,
    draft_view,
    legacy_account,
    section_of,
)
from gapura.access.services import judge_request, submit_request
from gapura.accounts.queries import own_profile
from gapura.documents.queries import get_document
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.problems import FieldProblems, Missing, Problem
from gapura.web.requests.editing import is_editable, page_of, page_of_place, page_of_section
from gapura.web.shell.forms import CheckField, Form, sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

_PARTS = ("role", "place", "details", "letter")


class ConfirmForm(Form):
    """The applicant stands by what is sent."""

    confirmed = CheckField(
        label=lazy("All of this is true and the same as in the appointment letter."),
        missing=lazy("Read everything once more, then tick the box to confirm it."),
    )


def check(request: Request, request_id: UUID) -> HttpResponse:
    """The read-back page."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state):
        return go_to(page_of(request_id))
    return _page(request, draft, ConfirmForm())


def submit(request: Request, request_id: UUID) -> HttpResponse:
    """Send it in. A doubled submit ends on the same page as the first."""
    draft = draft_view(request.actor, request_id)
    if not is_editable(draft.state):
        return go_to(page_of(request_id, "sent"))
    form = ConfirmForm(request.POST)
    if not form.is_valid():
        return _page(request, draft, form, status=422)
    try:
        submit_request(actor=request.actor, request_id=request_id)
    except NoSuchMove:
        return go_to(page_of(request_id, "sent"))
    except Missing:
        raise
    except Problem as problem:
        form.take(problem)
        return _page(request, draft_view(request.actor, request_id), form, status=422)
    return go_to(page_of(request_id, "sent"))


def _page(request: Request, draft: DraftView, form: ConfirmForm, status: int = 200) -> HttpResponse:
    judged = judge_request(actor=request.actor, request_id=draft.id)
    pages = {name: page_of(draft.id, page_of_section(draft, name)) for name in _PARTS}
    values = {
        "draft": draft,
        "form": form,
        "role": ROLES[draft.role],
        "roles": ROLES,
        "standing_names": STANDING_NAMES,
        "profile": own_profile(request.actor),
        "file": get_document(draft.document) if draft.document and not draft.letter_id else None,
        "warnings": judged.warnings,
        "problems": _sentences(judged.problem) if not form.errors else [],
        "legacy": legacy_account(request.actor) if draft.role in LINKED_ROLES else None,
        "pages": pages | {"agency": page_of(draft.id, _agency_page(draft))},
        "mends": [(text, _mend(draft, field)) for field, text in draft.missing.items()],
    }
    return render(request, "requests/check.html", values, status)


def _agency_page(draft: DraftView) -> str:
    return "agency" if draft.place.agency else page_of_place(draft)


def _mend(draft: DraftView, field: str) -> str:
    """The address of the field that mends what is missing."""
    return f"{page_of(draft.id, page_of_section(draft, section_of(field)))}#f-{field}"


def _sentences(problem: Problem | None) -> list[str]:
    """What forbids sending it as it is, told before anybody tries."""
    if problem is None:
        return []
    whole = problem.fields.values() if isinstance(problem, FieldProblems) else (problem,)
    return [sentences(each) for each in whole]
