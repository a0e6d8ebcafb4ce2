"""GET /requests/<id>/review: the answers beside the letter, and the decision."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse

from gapura.access.errors import NoSuchRequest
from gapura.access.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    REJECTION_REASONS,
    ROLES,
    Level,
    Neighbors,
    RequestView,
    correctable,
    neighbors,
    request_for,
)
from gapura.accounts.errors import NoSuchPerson
from gapura.accounts.queries import KINDS, IdentityView, identity_for
from gapura.documents.queries import get_document
from gapura.kernel import clock
from gapura.kernel.claims import CLAIM_MINUTES
from gapura.kernel.permissions import Refused
from gapura.web.requests.decision_forms import (
    ApproveForm,
    CorrectForm,
    RejectForm,
    note_name,
    reason_name,
)
from gapura.web.requests.editing import page_of
from gapura.web.requests.tracker import tracker
from gapura.web.requests.versions import answers, changes
from gapura.web.shell.pages import render
from gapura.web.shell.registry import panel
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import REQUESTS

PROVEN = "verified"
Decision = ApproveForm | CorrectForm | RejectForm


@dataclass(frozen=True, slots=True)
class Forms:
    """The three forms of the page."""

    approve: ApproveForm
    correct: CorrectForm
    reject: RejectForm


def review(request: Request, request_id: UUID) -> HttpResponse:
    """The verifier's page; applicants are sent to their own."""
    view = request_for(request.actor, request_id)
    if view.is_own and not request.actor.role:
        return go_to(page_of(request_id))
    return desk(request, view)


def desk(request: Request, view: RequestView, *, wrong: Decision | None = None) -> HttpResponse:
    """The page, with the form that was refused or without one.

    :raises NoSuchRequest: nothing was ever sent in.
    """
    if not view.submissions:
        raise NoSuchRequest()
    identity = _identity(request, view)
    holds = view.state == "in_review" and view.claimed_by == request.actor.person
    forms = _forms(view, identity, wrong) if holds else None
    values = _values(request, view, forms) | {"form": wrong, "identity": identity}
    values |= {"panel": panel(identity) if identity else None}
    return render(request, "requests/review.html", values, 422 if wrong else 200)


def _forms(view: RequestView, identity: IdentityView | None, wrong: Decision | None) -> Forms:
    """The forms of whoever holds the request; others see none, and fifty fields take time."""
    return Forms(
        wrong
        if isinstance(wrong, ApproveForm)
        else ApproveForm(with_document=_rests_on_document(identity)),
        wrong
        if isinstance(wrong, CorrectForm)
        else CorrectForm(
            with_identity=view.applicant.state != PROVEN,
            asked=correctable(view.submissions[-1].snapshot),
        ),
        wrong if isinstance(wrong, RejectForm) else RejectForm(),
    )


def _values(request: Request, view: RequestView, forms: Forms | None) -> dict[str, Any]:
    last = view.submissions[-1]
    return {
        "view": view,
        "role": ROLES[view.role],
        "kinds": KINDS,
        "version": last,
        "answers": answers(last),
        "changes": changes(view.submissions),
        "file": get_document(UUID(last.snapshot["document"])),
        "forms": forms,
        "names": {"reason": reason_name, "note": note_name},
        "words": {
            "fields": CORRECTABLE,
            "corrections": CORRECTION_REASONS,
            "rejections": REJECTION_REASONS,
        },
        "states": REQUESTS,
        "tracker": tracker(view, clock.now()),
        "around_requests": _around(request, view),
        "holds": forms is not None,
        "taken": view.state == "in_review" and not view.claim_is_free,
        "escalated": view.level == Level.PLATFORM and ROLES[view.role].level != view.level,
        "minutes": CLAIM_MINUTES,
        "proven": view.applicant.state == PROVEN,
    }


def _identity(request: Request, view: RequestView) -> IdentityView | None:
    """The person as this verifier may see them; None under another role."""
    try:
        return identity_for(request.actor, view.applicant.id, view.place.agency, view.path)
    except NoSuchPerson:
        return None


def _rests_on_document(identity: IdentityView | None) -> bool:
    return identity is not None and identity.state != PROVEN and not identity.proof.confirmed


def _around(request: Request, view: RequestView) -> Neighbors:
    try:
        return neighbors(request.actor, view.id, view.due_at)
    except Refused:
        return Neighbors(None, None)
