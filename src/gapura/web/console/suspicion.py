"""/console/security/<id>: one suspicion with its evidence, and what two administrators do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.audit.queries import Filters, Whose
from gapura.audit.services import explore_log
from gapura.authentication.errors import BadDecision, NoPassword
from gapura.authentication.events import SIGNED_IN
from gapura.authentication.queries import SuspicionView, suspicion_for
from gapura.authentication.services import (
    agree_action,
    cut_sessions,
    decline_action,
    dismiss_suspicion,
    propose_action,
)
from gapura.organizations.queries import agencies_by_code
from gapura.web.console.desk_forms import CutForm, DeclineForm, DismissForm, ProposeForm
from gapura.web.console.log_lines import Lines, LogLine
from gapura.web.console.security import HERE, words
from gapura.web.shell import flash
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, go_to
from gapura.web.shell.states import PROFILE

FORMS: tuple[type[Form], ...] = (ProposeForm, DeclineForm, DismissForm, CutForm)


def show(request: Request, suspicion_id: UUID) -> HttpResponse:
    """The evidence, the account around it, and what can be done."""
    return _page(request, suspicion_for(request.actor, suspicion_id))


def propose(request: Request, suspicion_id: UUID) -> HttpResponse:
    """Name an act; another administrator is told."""
    said = _("You proposed it. Another administrator was told and has to agree.")
    return _decide(request, suspicion_id, ProposeForm(request.POST), propose_action, said)


def decline(request: Request, suspicion_id: UUID) -> HttpResponse:
    """Not this; or take back one's own."""
    said = _("It was declined. Something else can be proposed now.")
    return _decide(request, suspicion_id, DeclineForm(request.POST), decline_action, said)


def dismiss(request: Request, suspicion_id: UUID) -> HttpResponse:
    """Nothing is wrong."""
    said = _("The suspicion is closed. Newer signs would open another one.")
    return _decide(request, suspicion_id, DismissForm(request.POST), dismiss_suspicion, said, HERE)


def agree(request: Request, suspicion_id: UUID) -> HttpResponse:
    """Agree, and it is done."""
    suspicion_for(request.actor, suspicion_id)
    try:
        agree_action(actor=request.actor, suspicion_id=suspicion_id)
    except NoPassword:
        flash.say(request, "error", _("This account has no password that could be replaced."))
    else:
        flash.say(request, "success", _("You agreed, and it was done. The owner was told."))
    return go_to(f"{HERE}/{suspicion_id}")


def cut(request: Request, suspicion_id: UUID) -> HttpResponse:
    """End all sign-ins at once, alone."""
    view, form = suspicion_for(request.actor, suspicion_id), CutForm(request.POST)
    if form.is_valid():
        try:
            ended = cut_sessions(
                actor=request.actor, suspicion_id=suspicion_id, **form.cleaned_data
            )
        except BadDecision as problem:
            form.take(problem)
        else:
            text = ngettext("%(count)s sign-in was ended.", "%(count)s sign-ins were ended.", ended)
            flash.say(request, "success", text % {"count": ended})
            return go_to(f"{HERE}/{suspicion_id}")
    return _page(request, view, form)


def _decide(
    request: Request,
    suspicion_id: UUID,
    form: Form,
    verb: Callable[..., None],
    said: str,
    onward: str = "",
) -> HttpResponse:
    view = suspicion_for(request.actor, suspicion_id)
    if form.is_valid():
        try:
            verb(actor=request.actor, suspicion_id=suspicion_id, **form.cleaned_data)
        except BadDecision as problem:
            form.take(problem)
        else:
            flash.say(request, "success", said)
            return go_to(onward or f"{HERE}/{suspicion_id}")
    return _page(request, view, form)


def _page(request: Request, view: SuspicionView, wrong: Form | None = None) -> HttpResponse:
    agency = agencies_by_code({view.agency}).get(view.agency) if view.agency else None
    lines = _evidence(request, view)
    kinds: dict[str, Any] = {str(form.prefix): form for form in (kind() for kind in FORMS)}
    forms = kinds | ({str(wrong.prefix): wrong} if wrong else {})
    values = {
        "view": view,
        "lines": lines,
        "hidden": len(view.entries) - len(lines),
        "forms": forms,
        "form": wrong,
        "agency": agency.name if agency else "",
        "ways": SIGNED_IN.words["methods"],
        "standings": PROFILE,
        **words(request),
    }
    return render(request, "console/suspicion.html", values, 422 if wrong else 200)


def _evidence(request: Request, view: SuspicionView) -> list[LogLine]:
    """The entries that the reader may see; that they were looked at is recorded."""
    if not view.entries:
        return []
    filters = Filters(person=view.person, entries=view.entries)
    page = explore_log(actor=request.actor, filters=filters, whose=Whose.OVERSEEN)
    lines = Lines(words(request)["zone"])
    return [lines.line(row) for row in page.rows]
