"""The verifier's verbs: claim, release, approve, ask for correction, reject. Each is a POST."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.access import services
from gapura.access.errors import (
    AlreadyHeld,
    BadDecision,
    IdentityOpen,
    Incomplete,
    LetterEnded,
    PrincipalMissing,
    RolesConflict,
    StandingNotAllowed,
    StandingTooLong,
)
from gapura.access.queries import RequestView, next_free, request_for
from gapura.accounts.errors import DocumentNotCompared, IdentityTaken
from gapura.accounts.queries import registry_proof
from gapura.kernel.problems import Overtaken
from gapura.kernel.texts import N_
from gapura.web.requests.decision_forms import ApproveForm, CorrectForm, RejectForm
from gapura.web.requests.editing import page_of
from gapura.web.requests.overtaken import overtaken
from gapura.web.requests.review import PROVEN, desk
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.requests import Request, go_to

QUEUE = "/requests/queue"

# What is said after a decision, by the state it leads to.
SAID = {
    "approved": N_("%(reference)s is approved. %(name)s was told and can now activate the access."),
    "needs_correction": N_("%(reference)s was sent back. %(name)s was told what to correct."),
    "rejected": N_("%(reference)s is rejected. %(name)s was told why."),
}
# Facts of the request that a verifier must read about beside the form.
_SHOWN = (
    BadDecision,
    Incomplete,
    LetterEnded,
    AlreadyHeld,
    IdentityTaken,
    IdentityOpen,
    DocumentNotCompared,
    RolesConflict,
    PrincipalMissing,
    StandingNotAllowed,
    StandingTooLong,
)


def claim(request: Request, request_id: UUID) -> HttpResponse:
    """Take the request, then go on to it."""
    try:
        services.claim_request(actor=request.actor, request_id=request_id)
    except Overtaken as problem:
        return overtaken(request, request_id, problem)
    return go_to(page_of(request_id, "review"))


def release(request: Request, request_id: UUID) -> HttpResponse:
    """Give it back. Doing it twice ends on the same page."""
    view = request_for(request.actor, request_id)
    if view.state == "submitted" and not view.is_own:
        return go_to(QUEUE)
    try:
        services.release_request(actor=request.actor, request_id=request_id)
    except Overtaken as problem:
        return overtaken(request, request_id, problem)
    flash.say(request, "info", _("You gave %(reference)s back.") % {"reference": view.reference})
    return go_to(QUEUE)


def approve(request: Request, request_id: UUID) -> HttpResponse:
    """Approve when every point of the checklist is ticked."""
    view = request_for(request.actor, request_id)
    form = ApproveForm(request.POST, with_document=_rests_on_document(view))

    def act() -> None:
        services.approve_request(
            actor=request.actor, request_id=request_id, checked=form.cleaned_data["checked"]
        )

    return _decide(request, view, form, "approved", act)


def correct(request: Request, request_id: UUID) -> HttpResponse:
    """Send it back, field by field."""
    view = request_for(request.actor, request_id)
    form = CorrectForm(request.POST, with_identity=view.applicant.state != PROVEN)

    def act() -> None:
        services.ask_correction(actor=request.actor, request_id=request_id, notes=form.notes())

    return _decide(request, view, form, "needs_correction", act)


def reject(request: Request, request_id: UUID) -> HttpResponse:
    """Reject for good, with a reason."""
    view = request_for(request.actor, request_id)
    form = RejectForm(request.POST)

    def act() -> None:
        services.reject_request(actor=request.actor, request_id=request_id, **form.cleaned_data)

    return _decide(request, view, form, "rejected", act)


def _rests_on_document(view: RequestView) -> bool:
    """Approving verifies an identity that the civil registry has not confirmed."""
    return view.applicant.state != PROVEN and not registry_proof(view.applicant.id).confirmed


def _decide(
    request: Request,
    view: RequestView,
    form: ApproveForm | CorrectForm | RejectForm,
    outcome: str,
    act: Callable[[], None],
) -> HttpResponse:
    """Do it and go back to the queue; a repeated decision of one's own ends there too."""
    if not form.is_valid():
        return desk(request, view, wrong=form)
    try:
        act()
    except _SHOWN as problem:
        form.take(problem)
        return desk(request, view, wrong=form)
    except Overtaken as problem:
        if _is_repeated(request, view.id, outcome):
            return go_to(QUEUE)
        return overtaken(request, view.id, problem)
    told = {"reference": view.reference, "name": view.applicant.name}
    flash.say(request, "success", tr(SAID[outcome], **told))
    return go_to(_onward(request, view))


def _onward(request: Request, view: RequestView) -> str:
    """The queue, or at the wish of whoever decided the next request that nobody else checks."""
    if request.POST.get("then") != "next":
        return QUEUE
    found = next_free(request.actor, view.id, view.due_at)
    return page_of(found, "review") if found else QUEUE


def _is_repeated(request: Request, request_id: UUID, outcome: str) -> bool:
    """The same person decided the same before: a doubled click."""
    now = request_for(request.actor, request_id)
    return now.state == outcome and request.actor.person in {now.decided_by, now.sent_back_by}
