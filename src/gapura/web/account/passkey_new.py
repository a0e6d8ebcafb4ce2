"""/account/passkeys/new: what a passkey is, and adding one; /account/passkeys/deed: using one."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gapura.authentication.permissions import Can
from gapura.authentication.queries import device_name, factors_of
from gapura.authentication.services import Confirmed, add_passkey, ask_deed, begin_passkey
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Missing, Problem
from gapura.web.account import code_sheet
from gapura.web.account.answers import put
from gapura.web.account.passkeys import HERE as LIST
from gapura.web.account.passkeys import NameForm
from gapura.web.shell import flash
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.passkeys import answer_field, options
from gapura.web.shell.requests import Request, SeeOther, keep_session, safe_path

HERE = "/account/passkeys/new"


class NewForm(NameForm):
    """The name, and what the browser made; the script fills the second."""

    answer = answer_field()


def add(request: Request) -> HttpResponse:
    """First what it is for; a press on the button makes it and sends the form."""
    require(request.actor, Can.ENROLL_PASSKEY, factors_of(request.actor))
    if request.method == "GET":
        name = device_name(request.actor.user_agent)
        return _page(request, NewForm(initial={"name": name}))
    form = NewForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        done = add_passkey(actor=request.actor, **form.cleaned_data)
    except Problem as problem:
        put(form, problem, "answer")
        return _page(request, form, 422)
    return _go_on(request, done)


def begin(request: Request) -> HttpResponse:
    """Options to make one; the name is looked at first, before the device keeps anything."""
    require(request.actor, Can.ENROLL_PASSKEY, factors_of(request.actor))
    return options(lambda: _make(request))


def deed(request: Request) -> HttpResponse:
    """Options to confirm one deed about the document that the form shows."""
    given = request.POST

    def make() -> dict[str, Any]:
        return ask_deed(
            actor=request.actor, digest=given.get("digest", ""), deed=given.get("deed", "")
        )

    try:
        return options(make)
    except ValueError:
        raise Missing() from None


def _make(request: Request) -> dict[str, Any]:
    form = NameForm(request.POST)
    if not form.is_valid():
        raise FieldProblems({"name": form["name"].error})
    return begin_passkey(actor=request.actor)


def _go_on(request: Request, done: Confirmed) -> HttpResponse:
    """With new backup codes these are shown first, once; else straight on."""
    if done.recovery_codes:
        return code_sheet.show(
            request, done.recovery_codes, onward=_next(request), token=done.sign_in.token
        )
    flash.say(request, "success", _("Your passkey works from now on."))
    response = SeeOther(_next(request))
    keep_session(request, response, done.sign_in.token)
    return response


def _page(request: Request, form: Form, status: int = 200) -> HttpResponse:
    context = {"form": form, "begin_url": _with_next(request, f"{HERE}/begin")}
    return render(request, "account/passkey_new.html", context, status)


def _next(request: Request) -> str:
    return safe_path(request.GET.get("next"), LIST)


def _with_next(request: Request, path: str) -> str:
    target = _next(request)
    return path if target == LIST else f"{path}?{urlencode({'next': target})}"
