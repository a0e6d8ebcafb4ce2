"""/register/code: the code that confirms the e-mail address; a right one signs in."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import FlowOver
from gapura.authentication.queries import Method, Step, masked_address
from gapura.authentication.services import SignIn, finish_sign_in, send_email_code
from gapura.kernel import clock
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import TooMany
from gapura.web.shell import flash
from gapura.web.shell.codes import WAYS, MailCodeForm
from gapura.web.shell.pages import render
from gapura.web.shell.requests import (
    LOGIN,
    Request,
    SeeOther,
    keep_device,
    keep_session,
)

HERE = "/register/code"
TURNED_AWAY = "/login/locked"


def code(request: Request) -> HttpResponse:
    """Ask for the code; a right one confirms the address and signs in."""
    if not _waits(request):
        return _start_again(request)
    if request.method == "GET":
        return _page(request, MailCodeForm())
    form = MailCodeForm(request.POST)
    if not form.is_valid():
        return _page(request, form, 422)
    try:
        done = finish_sign_in(actor=request.actor, code=form.cleaned_data["code"])
    except TooMany:
        raise
    except FlowOver:
        return _start_again(request)
    except Problem as problem:
        form.refuse("code", problem)
        return _page(request, form, problem.status)
    return _enter(request, done)


def _enter(request: Request, done: SignIn) -> HttpResponse:
    """In, or to the page that says why the account is shut; the address is confirmed either way."""
    if done.step is Step.TURNED_AWAY:
        response = SeeOther(TURNED_AWAY)
        keep_session(request, response, done.token)
        return response
    flash.say(
        request, "success", _("Your e-mail address is confirmed and you are signed in. Welcome!")
    )
    response = SeeOther("/")
    keep_session(request, response, done.token)
    keep_device(request, response, done.device)
    return response


def send(request: Request) -> HttpResponse:
    """Send the code once more."""
    try:
        send_email_code(actor=request.actor)
    except FlowOver:
        return _start_again(request)
    flash.say(request, "success", _("A new code is on its way. The one before no longer works."))
    return SeeOther(HERE)


def _waits(request: Request) -> bool:
    flow = request.session_view.flow if request.session_view else None
    return flow is not None and flow.step is Step.CONFIRM_EMAIL and not flow.over(clock.now())


def _start_again(request: Request) -> HttpResponse:
    """Signing in leads back to this step, with a new code."""
    if request.actor.signed_in:
        return SeeOther("/")
    flash.say(
        request,
        "info",
        _(
            "No e-mail address waits to be confirmed in this browser. If you have registered, "
            "sign in: we then send you a new code."
        ),
    )
    return SeeOther(LOGIN)


def _page(request: Request, form: MailCodeForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "way": WAYS[Method.EMAIL_CODE],
        "others": [],
        "address": masked_address(request.session_view),
        "send_url": f"{HERE}/send",
        "method_url": "",
    }
    return render(request, "register/code.html", context, status)
