"""/letters/appointments/<id>: an officer reads what a letter gives, confirms or declines it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import TooLateToDecline
from gapura.access.permissions import Can
from gapura.access.queries import ROLES, STANDING_NAMES, OwnAppointment, own_appointment
from gapura.access.services import decline_appointment
from gapura.journeys.activation import activate_grant
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems
from gapura.web.shell import flash
from gapura.web.shell.forms import Form, TextField, sentences
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, go_to, keep_session
from gapura.web.shell.states import GRANTS

_AFTER = "/account/access"


class DeclineForm(Form):
    """Why somebody does not take the office."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("Your agency reads it. 10 to 300 characters."),
        missing=lazy("Enter the reason."),
        lines=True,
        rows=3,
        longest=300,
    )


def appointment(request: Request, appointment_id: UUID) -> HttpResponse:
    """What the letter says of the actor; POST activates it. Doing it twice ends the same."""
    found = own_appointment(request.actor, appointment_id)
    if request.method == "POST" and found.grant is not None:
        return _activate(request, found, found.grant)
    values = {
        "found": found,
        "role": ROLES[found.role],
        "standings": STANDING_NAMES,
        "grant_states": GRANTS,
    }
    return render(request, "letters/appointment.html", values)


def _activate(request: Request, found: OwnAppointment, grant: UUID) -> HttpResponse:
    response = SeeOther(_AFTER)
    try:
        sign_in = activate_grant(actor=request.actor, grant_id=grant)
    except NoSuchMove:
        if own_appointment(request.actor, found.id).grant_state != "active":
            raise
        return response
    if sign_in is None:
        text = _("Your access is confirmed. It begins to work on its first day.")
    else:
        text = _("Your access is active, and you are using it now.")
        if sign_in.token:
            keep_session(request, response, sign_in.token)
    flash.say(request, "success", text)
    return response


def decline(request: Request, appointment_id: UUID) -> HttpResponse:
    """GET asks for the reason, POST declines."""
    found = own_appointment(request.actor, appointment_id)
    require(request.actor, Can.DECLINE_APPOINTMENT, found)
    if found.grant_state != "approved":
        return go_to(f"/letters/appointments/{appointment_id}")
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            decline_appointment(actor=request.actor, appointment_id=appointment_id, reason=reason)
        except FieldProblems as problem:
            form.take(problem)
        except TooLateToDecline as problem:
            flash.say(request, "problem", sentences(problem))
            return go_to(_AFTER)
        else:
            flash.say(request, "success", _("You declined. Nothing was given to you."))
            return go_to(_AFTER)
    values = {"found": found, "form": form, "role": ROLES[found.role]}
    return render(request, "letters/decline.html", values, 422 if form.errors else 200)
