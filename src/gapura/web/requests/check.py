"""/requests/<id>/check: everything once more to read, then POST /requests/<id>/submit."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyHeld
from gapura.access.queries import ROLES, DraftView, draft_view
from gapura.access.services import submit_request
from gapura.accounts.queries import own_profile
from gapura.documents.queries import get_document
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.problems import FieldProblems
from gapura.web.requests.editing import is_editable, page_of
from gapura.web.shell.forms import CheckField, Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to


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
    except (FieldProblems, AlreadyHeld) as problem:
        form.take(problem)
        return _page(request, draft, form, status=422)
    return go_to(page_of(request_id, "sent"))


def _page(request: Request, draft: DraftView, form: ConfirmForm, status: int = 200) -> HttpResponse:
    values = {
        "draft": draft,
        "form": form,
        "role": ROLES[draft.role],
        "profile": own_profile(request.actor),
        "file": get_document(draft.document) if draft.document else None,
    }
    return render(request, "requests/check.html", values, status)
