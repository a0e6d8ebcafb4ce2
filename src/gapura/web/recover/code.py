"""/recover/code: the code from the e-mail, then that of the app where there is one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import FlowOver, MethodNotOffered
from gapura.authentication.queries import Flow, Method, Step
from gapura.authentication.services import (
    check_reset,
    choose_method,
    send_email_code,
    send_reset_phone,
)
from gapura.kernel.problems import Busy, Missing, Problem
from gapura.outside.errors import AuthorityDown
from gapura.web.recover.standing import standing, start_again
from gapura.web.shell import flash
from gapura.web.shell.codes import WAYS, other_ways
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, keep_session

HERE = "/recover/code"
PASSWORD = "/recover/password"  # noqa: S105 - a path
# Where each step that waits for a code by e-mail goes on.
_BY_MAIL = {
    Step.RESET_CODE: HERE,
    Step.RECOVER_ASK: "/recover/lost/code",
    Step.RECOVER_CODE: "/recover/return/code",
}
_WAIT = "/recover/wait"
_ONWARD = {
    Step.RESET_PASSWORD: PASSWORD,
    Step.RESET_WAIT: _WAIT,
    Step.RESET_VOUCHED: _WAIT,
}


def code(request: Request) -> HttpResponse:
    """Ask for a code; after the last one a new password may be chosen."""
    flow = standing(request, Step.RESET_CODE, Step.RESET_FACTOR)
    if flow is None:
        return start_again(request)
    form_class = WAYS[flow.method or Method.EMAIL_CODE].form
    if request.method == "GET":
        return _page(request, flow, form_class())
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, flow, form, 422)
    try:
        done = check_reset(actor=request.actor, code=form.cleaned_data["code"])
    except Busy:
        raise
    except FlowOver:
        return start_again(request)
    except Problem as problem:
        form.refuse("code", problem)
        return _page(request, flow, form, 422)
    response = SeeOther(_ONWARD.get(done.step, HERE))
    keep_session(request, response, done.token)
    return response


def choose(request: Request) -> HttpResponse:
    """A backup code instead of the app's code, or the other way round."""
    try:
        choose_method(actor=request.actor, method=Method(request.POST.get("method", "")))
    except ValueError:
        raise Missing() from None
    except (FlowOver, MethodNotOffered):
        return start_again(request)
    return SeeOther(HERE)


def send(request: Request) -> HttpResponse:
    """Send the code once more, by e-mail or by text message; also those of a way back."""
    flow = standing(request, *_BY_MAIL, Step.RESET_FACTOR)
    if flow is None:
        return start_again(request)
    if flow.step is Step.RESET_FACTOR:
        return _send_message(request)
    send_email_code(actor=request.actor)
    flash.say(
        request,
        "success",
        _("If there is such an account, a new code is on its way. The one before no longer works."),
    )
    return SeeOther(_BY_MAIL[flow.step])


def _send_message(request: Request) -> HttpResponse:
    try:
        send_reset_phone(actor=request.actor)
    except FlowOver:
        return start_again(request)
    except AuthorityDown as problem:
        flash.say(request, "problem", f"{what_of(problem)} {todo_of(problem)}")
        return SeeOther(HERE)
    text = _("A new code is on its way. The one before no longer works.")
    flash.say(request, "success", text)
    return SeeOther(HERE)


def _page(request: Request, flow: Flow, form: Form, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "way": WAYS[flow.method or Method.EMAIL_CODE],
        "others": other_ways(flow.methods, flow.method),
        "address": "",
        "send_url": f"{HERE}/send",
        "method_url": f"{HERE}/method",
    }
    return render(request, "recover/code.html", context, status)
