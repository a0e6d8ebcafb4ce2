"""The checker's verbs on an identity document: claim, release, confirm, correct, refuse."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from gapura.accounts import services
from gapura.accounts.errors import CaseDecision, IdentityTaken
from gapura.accounts.queries import case_for
from gapura.journeys.identity_cases import confirm_identity
from gapura.kernel.problems import Overtaken
from gapura.kernel.texts import N_
from gapura.web.people.forms import ConfirmForm, CorrectForm, RefuseForm
from gapura.web.people.review import Decision, desk
from gapura.web.shell import flash
from gapura.web.shell.display import tr
from gapura.web.shell.pages import View
from gapura.web.shell.requests import Request, go_to

QUEUE = "/people/identities"

# What is said after a decision, by the state it leads to.
SAID = {
    "confirmed": N_("The identity of %(name)s is confirmed. The document was erased."),
    "sent_back": N_("%(name)s was told what to correct. The document was erased."),
    "refused": N_("The document of %(name)s is refused. It was erased, and the person was told."),
}


def posted(view: View) -> View:
    """A verb that is only done by its form; whoever opens its address gets the page of the form."""

    @wraps(view)
    def verb(request: Request, identity_id: UUID) -> HttpResponseBase:
        if request.method == "POST":
            return view(request, identity_id=identity_id)
        case_for(request.actor, identity_id)
        return go_to(f"{QUEUE}/{identity_id}")

    return verb


def claim(request: Request, identity_id: UUID) -> HttpResponse:
    """Take the document, then go on to it."""
    services.claim_case(actor=request.actor, case_id=identity_id)
    return go_to(f"{QUEUE}/{identity_id}")


def release(request: Request, identity_id: UUID) -> HttpResponse:
    """Give it back."""
    services.release_case(actor=request.actor, case_id=identity_id)
    flash.say(request, "info", _("You gave the identity document back."))
    return go_to(QUEUE)


def confirm(request: Request, identity_id: UUID) -> HttpResponse:
    """The document shows this person."""
    form = ConfirmForm(request.POST)

    def act() -> None:
        confirm_identity(actor=request.actor, case_id=identity_id, **form.cleaned_data)

    return _decide(request, identity_id, form, "confirmed", act)


def correct(request: Request, identity_id: UUID) -> HttpResponse:
    """Send it back, field by field."""
    form = CorrectForm(request.POST)

    def act() -> None:
        services.send_back_case(
            actor=request.actor, case_id=identity_id, corrections=form.corrections()
        )

    return _decide(request, identity_id, form, "sent_back", act)


def refuse(request: Request, identity_id: UUID) -> HttpResponse:
    """Refuse it, with a reason."""
    form = RefuseForm(request.POST)

    def act() -> None:
        services.refuse_case(actor=request.actor, case_id=identity_id, **form.cleaned_data)

    return _decide(request, identity_id, form, "refused", act)


def _decide(
    request: Request, identity_id: UUID, form: Decision, outcome: str, act: Callable[[], None]
) -> HttpResponse:
    """Do it and go back to the queue; a repeated decision of one's own ends there too."""
    view = case_for(request.actor, identity_id)
    if not form.is_valid():
        return desk(request, identity_id, form)
    try:
        act()
    except (CaseDecision, IdentityTaken) as problem:
        form.take(problem)
        return desk(request, identity_id, form)
    except Overtaken:
        if (view.state, view.decided_by) == (outcome, request.actor.person):
            return go_to(QUEUE)
        raise
    flash.say(request, "success", tr(SAID[outcome], name=view.identity.name))
    return go_to(QUEUE)
