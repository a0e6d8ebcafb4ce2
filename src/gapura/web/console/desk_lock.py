"""/console/security/locks/<id>: one locked account; one administrator asks, another opens it."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import BadDecision
from gapura.authentication.queries import LockedView, lock_for
from gapura.authentication.services import agree_lift, ask_lift, keep_lock
from gapura.organizations.queries import agencies_by_code
from gapura.web.console.desk_forms import KeepForm, LiftForm
from gapura.web.console.security import HERE, words
from gapura.web.shell import flash
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to

LIST = f"{HERE}?tab=locks"


def show(request: Request, lock_id: UUID) -> HttpResponse:
    """Why it is locked, since when, and who wants it opened."""
    return _page(request, lock_for(request.actor, lock_id))


def ask(request: Request, lock_id: UUID) -> HttpResponse:
    """Ask to open it."""
    view, form = lock_for(request.actor, lock_id), LiftForm(request.POST)
    if not form.is_valid():
        return _page(request, view, form)
    try:
        ask_lift(actor=request.actor, lock_id=lock_id, **form.cleaned_data)
    except BadDecision as problem:
        form.take(problem)
        return _page(request, view, form)
    flash.say(request, "success", _("Another administrator was told and has to agree."))
    return go_to(f"{HERE}/locks/{lock_id}")


def agree(request: Request, lock_id: UUID) -> HttpResponse:
    """Agree, and it is open."""
    lock_for(request.actor, lock_id)
    agree_lift(actor=request.actor, lock_id=lock_id)
    flash.say(request, "success", _("The account is open again. Its owner was told."))
    return go_to(LIST)


def keep(request: Request, lock_id: UUID) -> HttpResponse:
    """It stays locked."""
    view, form = lock_for(request.actor, lock_id), KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, view, form)
    try:
        keep_lock(actor=request.actor, lock_id=lock_id, **form.cleaned_data)
    except BadDecision as problem:
        form.take(problem)
        return _page(request, view, form)
    flash.say(request, "success", _("The account stays locked."))
    return go_to(f"{HERE}/locks/{lock_id}")


def _page(request: Request, view: LockedView, wrong: Form | None = None) -> HttpResponse:
    agency = agencies_by_code({view.agency}).get(view.agency) if view.agency else None
    forms: dict[str, Form] = {"lift": LiftForm(), "keep": KeepForm()}
    values = {
        "view": view,
        "forms": forms | ({str(wrong.prefix): wrong} if wrong else {}),
        "form": wrong,
        "agency": agency.name if agency else "",
        **words(request),
    }
    return render(request, "console/desk_lock.html", values, 422 if wrong else 200)
