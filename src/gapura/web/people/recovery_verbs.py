"""The helpers' verbs on a way back: vouch (the slip is shown once), agree, refuse."""

from functools import wraps
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from gapura.authentication.errors import BadVouch, RegistrySilent
from gapura.authentication.queries import recovery_for
from gapura.authentication.services import (
    Vouch,
    refuse_recovery,
    second_recovery,
    vouch_recovery,
)
from gapura.web.people.recoveries import desk
from gapura.web.people.recovery_forms import RefuseRecoveryForm, SecondForm, VouchForm
from gapura.web.shell import flash
from gapura.web.shell.pages import View, render
from gapura.web.shell.requests import Request, go_to

QUEUE = "/people/recoveries"


def posted(view: View) -> View:
    """A verb that is only done by its form; whoever opens its address gets the page of the form."""

    @wraps(view)
    def verb(request: Request, recovery_id: UUID) -> HttpResponseBase:
        if request.method == "POST":
            return view(request, recovery_id=recovery_id)
        recovery_for(request.actor, recovery_id)
        return go_to(f"{QUEUE}/{recovery_id}")

    return verb


def vouch(request: Request, recovery_id: UUID) -> HttpResponse:
    """Vouch; the code of the slip stands on the page that answers, and nowhere else."""
    view = recovery_for(request.actor, recovery_id)
    form = VouchForm(view, request.POST)
    if not form.is_valid():
        return desk(request, view, form)
    try:
        slip = vouch_recovery(
            actor=request.actor, recovery_id=recovery_id, given=Vouch(**form.cleaned_data)
        )
    except (BadVouch, RegistrySilent) as problem:
        form.take(problem)
        return desk(request, view, form)
    response = render(request, "people/recovery_slip.html", {"view": view, "slip": slip})
    response["Cache-Control"] = "no-store"
    return response


def second(request: Request, recovery_id: UUID) -> HttpResponse:
    """Agree: the wait begins."""
    view = recovery_for(request.actor, recovery_id)
    form = SecondForm(request.POST)
    if not form.is_valid():
        return desk(request, view, form)
    try:
        second_recovery(actor=request.actor, recovery_id=recovery_id, **form.cleaned_data)
    except BadVouch as problem:
        form.take(problem)
        return desk(request, view, form)
    text = _("You agreed. %(name)s was told, and can come back when the wait is over.")
    flash.say(request, "success", text % {"name": view.name})
    return go_to(f"{QUEUE}/{recovery_id}")


def refuse(request: Request, recovery_id: UUID) -> HttpResponse:
    """Refuse, with a reason."""
    view = recovery_for(request.actor, recovery_id)
    form = RefuseRecoveryForm(request.POST)
    if not form.is_valid():
        return desk(request, view, form)
    try:
        refuse_recovery(actor=request.actor, recovery_id=recovery_id, **form.cleaned_data)
    except BadVouch as problem:
        form.take(problem)
        return desk(request, view, form)
    flash.say(request, "success", _("It is refused. The owner of the account was told."))
    return go_to(QUEUE)
