"""The desk's verbs on a pair of accounts: ask, two people, announce, uphold, close."""

from functools import wraps
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from gapura.accounts.errors import ReasonTooShort, TextTooLong, TextUnsafe
from gapura.accounts.queries import duplicate_for
from gapura.accounts.services import (
    announce_duplicate,
    ask_duplicate,
    differ_duplicate,
    uphold_duplicate,
)
from gapura.journeys.duplicates import close_double
from gapura.kernel.problems import Problem
from gapura.web.people.duplicate_forms import AnnounceForm, DifferForm, UpholdForm
from gapura.web.people.duplicates import Decision, desk
from gapura.web.shell import flash
from gapura.web.shell.display import moment
from gapura.web.shell.pages import View
from gapura.web.shell.requests import Request, go_to

QUEUE = "/people/duplicates"
_WRONG = (ReasonTooShort, TextTooLong, TextUnsafe)


def posted(view: View) -> View:
    """A verb that is only done by its form; whoever opens its address gets the page of the form."""

    @wraps(view)
    def verb(request: Request, duplicate_id: UUID) -> HttpResponseBase:
        if request.method == "POST":
            return view(request, duplicate_id=duplicate_id)
        duplicate_for(request.actor, duplicate_id)
        return go_to(f"{QUEUE}/{duplicate_id}")

    return verb


def ask(request: Request, duplicate_id: UUID) -> HttpResponse:
    """Ask both owners."""
    ask_duplicate(actor=request.actor, duplicate_id=duplicate_id)
    flash.say(request, "success", _("Both owners were asked."))
    return go_to(f"{QUEUE}/{duplicate_id}")


def differ(request: Request, duplicate_id: UUID) -> HttpResponse:
    """They are two people."""
    view = duplicate_for(request.actor, duplicate_id)
    form = DifferForm(request.POST)
    if not form.is_valid():
        return desk(request, view, form)
    try:
        differ_duplicate(
            actor=request.actor, duplicate_id=duplicate_id, reason=form.cleaned_data["reason"]
        )
    except _WRONG as problem:
        return _again(request, duplicate_id, form, problem)
    flash.say(request, "success", _("Recorded: two people. The pair is not shown again."))
    return go_to(QUEUE)


def announce(request: Request, duplicate_id: UUID) -> HttpResponse:
    """They are one person: tell both which account is to be closed, and until when to object."""
    view = duplicate_for(request.actor, duplicate_id)
    form = AnnounceForm(view, request.POST)
    if not form.is_valid():
        return desk(request, view, form)
    try:
        until = announce_duplicate(
            actor=request.actor,
            duplicate_id=duplicate_id,
            closing=UUID(form.cleaned_data["closing"]),
            reason=form.cleaned_data["reason"],
        )
    except _WRONG as problem:
        return _again(request, duplicate_id, form, problem)
    text = _("Both owners were told. They can object until %(until)s; nothing is closed before.")
    flash.say(request, "success", text % {"until": moment(until)})
    return go_to(f"{QUEUE}/{duplicate_id}")


def uphold(request: Request, duplicate_id: UUID) -> HttpResponse:
    """Turn the objection down."""
    view = duplicate_for(request.actor, duplicate_id)
    form = UpholdForm(request.POST)
    if not form.is_valid():
        return desk(request, view, form)
    try:
        until = uphold_duplicate(
            actor=request.actor, duplicate_id=duplicate_id, reason=form.cleaned_data["reason"]
        )
    except _WRONG as problem:
        return _again(request, duplicate_id, form, problem)
    text = _("Both owners were told. The account can be closed from %(until)s on.")
    flash.say(request, "success", text % {"until": moment(until)})
    return go_to(f"{QUEUE}/{duplicate_id}")


def close(request: Request, duplicate_id: UUID) -> HttpResponse:
    """Close the announced account."""
    close_double(actor=request.actor, duplicate_id=duplicate_id)
    flash.say(request, "success", _("The account is closed. Its owner was told."))
    return go_to(QUEUE)


def _again(request: Request, duplicate_id: UUID, form: Decision, problem: Problem) -> HttpResponse:
    form.refuse("reason", problem)
    return desk(request, duplicate_for(request.actor, duplicate_id), form)
