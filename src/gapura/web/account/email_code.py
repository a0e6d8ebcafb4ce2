"""/account/email/code: the code that was sent to the new address."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.accounts.queries import own_profile
from gapura.authentication.errors import FlowOver
from gapura.authentication.queries import Method, Step
from gapura.authentication.services import finish_email_change, send_email_code
from gapura.kernel import clock
from gapura.kernel.problems import Problem
from gapura.web.account.answers import put
from gapura.web.account.email import ask_first
from gapura.web.shell import flash
from gapura.web.shell.codes import WAYS
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, keep_session

HERE = "/account/email/code"
WAY = WAYS[Method.EMAIL_CODE]


def code(request: Request) -> HttpResponse:
    """Ask for the code; with the right one the new address counts."""
    ask_first(request)
    if not _waits(request):
        return _again(request)
    form = WAY.form(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, 422 if form.is_bound else 200)
    try:
        done = finish_email_change(actor=request.actor, code=form.cleaned_data["code"])
    except FlowOver:
        return _again(request)
    except Problem as problem:
        put(form, problem, "code")
        return _page(request, form, 422)
    flash.say(
        request,
        "success",
        _("Your new e-mail address is confirmed. We have told the address you had before."),
    )
    response = SeeOther("/account")
    keep_session(request, response, done.token)
    return response


def send(request: Request) -> HttpResponse:
    """Send the code once more; the one before stops working."""
    ask_first(request)
    if not _waits(request):
        return _again(request)
    try:
        send_email_code(actor=request.actor)
    except FlowOver:
        return _again(request)
    flash.say(request, "success", _("A new code is on its way. The one before no longer works."))
    return SeeOther(HERE)


def _waits(request: Request) -> bool:
    flow = request.session_view.flow if request.session_view else None
    waiting = flow is not None and flow.step is Step.CHANGE_EMAIL and not flow.over(clock.now())
    return waiting and bool(own_profile(request.actor).pending_email)


def _again(request: Request) -> HttpResponse:
    text = _("No new e-mail address is waiting for its code here. Enter it once more.")
    flash.say(request, "info", text)
    return SeeOther("/account/email")


def _page(request: Request, form: Form, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "way": WAY,
        "others": (),
        "address": own_profile(request.actor).pending_email,
        "send_url": f"{HERE}/send",
        "method_url": "",
    }
    return render(request, "account/email_code.html", context, status)
