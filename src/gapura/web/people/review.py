"""GET /people/identities/<id>: the data beside the document, and the decision."""

from uuid import UUID

from django.http import HttpResponse

from gapura.accounts.queries import (
    CORRECTABLE,
    CORRECTION_REASONS,
    DOCUMENTS,
    REFUSAL_REASONS,
    case_for,
)
from gapura.kernel import clock
from gapura.kernel.claims import CLAIM_MINUTES
from gapura.organizations.queries import agencies_by_code
from gapura.web.people.forms import ConfirmForm, CorrectForm, RefuseForm
from gapura.web.shell.display import left
from gapura.web.shell.pages import render
from gapura.web.shell.registry import panel
from gapura.web.shell.requests import Request
from gapura.web.shell.states import IDENTITIES, PROFILE

Decision = ConfirmForm | CorrectForm | RefuseForm
_WORDS = {
    "documents": DOCUMENTS,
    "fields": CORRECTABLE,
    "corrections": CORRECTION_REASONS,
    "refusals": REFUSAL_REASONS,
}


def show(request: Request, identity_id: UUID) -> HttpResponse:
    """The checker's page."""
    return desk(request, identity_id)


def desk(request: Request, identity_id: UUID, wrong: Decision | None = None) -> HttpResponse:
    """The page, with the form that was refused or without one."""
    view = case_for(request.actor, identity_id)
    agency = agencies_by_code({view.agency}).get(view.agency) if view.agency else None
    grant, now = request.actor.grant, clock.now()
    values = {
        "view": view,
        "forms": _forms(wrong),
        "form": wrong,
        "words": _WORDS,
        "states": IDENTITIES,
        "profile_states": PROFILE,
        "panel": panel(view.identity),
        "agency": agency.name if agency else "",
        "left": "" if view.late else left(view.due_at, now),
        "holds": view.state == "claimed" and view.claimed_by == request.actor.person,
        "taken": view.state == "claimed" and not view.claim_is_free,
        "minutes": CLAIM_MINUTES,
        "zone": grant.zone if grant else clock.JAKARTA,
    }
    return render(request, "people/identity.html", values, 422 if wrong else 200)


def _forms(wrong: Decision | None) -> dict[str, Decision]:
    """Three empty forms, one of them as it was refused."""
    forms: dict[str, Decision] = {
        "confirm": ConfirmForm(),
        "correct": CorrectForm(),
        "refuse": RefuseForm(),
    }
    for name, form in forms.items():
        if wrong is not None and type(wrong) is type(form):
            forms[name] = wrong
    return forms
