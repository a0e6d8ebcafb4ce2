"""/requests/delegations: duties one delegated, and those that were delegated to one."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from gapura.access.errors import AlreadyHeld, RolesConflict
from gapura.access.permissions import Can
from gapura.access.queries import (
    ROLES,
    delegation_for,
    delegation_to_confirm,
    last_deputy,
    own_delegations,
)
from gapura.access.services import delegate, end_delegation
from gapura.journeys.activation import activate_grant
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.moves import NoSuchMove
from gapura.kernel.permissions import may, require
from gapura.kernel.problems import FieldProblems
from gapura.web.shell import flash
from gapura.web.shell.forms import DayField, Form, TextField
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to, keep_session
from gapura.web.shell.states import GRANTS

HERE = "/requests/delegations"
# What the form proposes: a fortnight from today, by the deputy of the last time.
_PROPOSED = timedelta(days=13)


class DelegateForm(Form):
    """To whom, from when, until when."""

    username = TextField(
        label=lazy("Username of the officer"),
        hint=lazy(
            "A verified officer of your agency. Ask for it: it stands on their account page."
        ),
        missing=lazy("Enter the username of the officer."),
        longest=32,
        autocomplete="off",
    )
    first = DayField(label=lazy("First day"))
    last = DayField(
        label=lazy("Last day"),
        hint=lazy("At most three months, and never longer than your own role."),
    )


class EndForm(Form):
    """Why it ends."""

    reason = TextField(
        label=lazy("Reason"),
        hint=lazy("The other side reads this word for word."),
        missing=lazy("Write why the delegation ends."),
        longest=300,
        lines=True,
        rows=3,
    )


def show(request: Request) -> HttpResponse:
    """Both lists, with the way to a new one for those who may."""
    values = {
        "found": own_delegations(request.actor),
        "roles": ROLES,
        "states": GRANTS,
        "may_delegate": may(request.actor, Can.DELEGATE),
    }
    return render(request, "requests/delegations.html", values)


def new(request: Request) -> HttpResponse:
    """GET proposes, POST delegates."""
    require(request.actor, Can.DELEGATE)
    if request.method == "GET":
        return _form(request, DelegateForm(initial=_proposed(request.actor)))
    form = DelegateForm(request.POST)
    if form.is_valid() and _delegated(request, form):
        text = _("Delegated. It works as soon as the officer confirms it; a mail is on its way.")
        flash.say(request, "success", text)
        return go_to(HERE)
    return _form(request, form, 422)


def _proposed(actor: Actor) -> dict[str, Any]:
    today = clock.today(actor.grant.zone if actor.grant else clock.JAKARTA)
    return {"username": last_deputy(actor), "first": today, "last": today + _PROPOSED}


def _delegated(request: Request, form: DelegateForm) -> bool:
    try:
        delegate(actor=request.actor, **form.cleaned_data)
    except (FieldProblems, RolesConflict, AlreadyHeld) as problem:
        form.take(problem)
        return False
    return True


def _form(request: Request, form: DelegateForm, status: int = 200) -> HttpResponse:
    grant = request.actor.grant
    values = {"form": form, "grant": grant, "role": ROLES[grant.role] if grant else None}
    return render(request, "requests/delegation_new.html", values, status)


def end(request: Request, delegation_id: UUID) -> HttpResponse:
    """GET asks for the reason, POST ends it. Doing it twice ends on the list."""
    view = delegation_for(request.actor, delegation_id)
    if not view.may_end:
        return go_to(HERE)
    form = EndForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            end_delegation(actor=request.actor, grant_id=delegation_id, **form.cleaned_data)
        except FieldProblems as problem:
            form.take(problem)
        else:
            flash.say(request, "success", _("The delegation has ended."))
            return go_to(HERE)
    values = {"form": form, "view": view, "role": ROLES[view.role]}
    status = 422 if request.method == "POST" else 200
    return render(request, "requests/delegation_end.html", values, status)


def confirm(request: Request, delegation_id: UUID) -> HttpResponse:
    """What is delegated, with the button; the delegate goes on in the role."""
    view = delegation_to_confirm(request.actor, delegation_id)
    if view is None:
        return go_to(HERE)
    if request.method == "GET":
        values = {"view": view, "role": ROLES[view.role]}
        return render(request, "requests/delegation_confirm.html", values)
    response = go_to(HERE)
    try:
        done = activate_grant(actor=request.actor, grant_id=delegation_id)
    except NoSuchMove:
        return response
    if done is None:
        text = _("Confirmed. It begins to work on its first day.")
    else:
        text = _("Confirmed. You are acting as deputy now.")
        if done.token:
            keep_session(request, response, done.token)
    flash.say(request, "success", text)
    return response
