"""/login/code: the second factor, in the strongest way the person has or in another one."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import FlowOver, MethodNotOffered
from gapura.authentication.queries import Flow, Method, Step, masked_address
from gapura.authentication.services import choose_method, finish_sign_in, send_email_code
from gapura.kernel import clock
from gapura.kernel.problems import Missing, Overtaken, Problem
from gapura.kernel.throttle import TooMany
from gapura.web.login.onward import go_on, onward, start_again, with_next
from gapura.web.login.waiting import wait_for_codes
from gapura.web.shell import flash
from gapura.web.shell.codes import WAYS, other_ways
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

HERE = "/login/code"


def code(request: Request) -> HttpResponse:
    """Ask for the code; a right one signs in."""
    flow = waiting(request, Step.SECOND_FACTOR)
    if flow is None:
        return start_again(request)
    form_class = WAYS[flow.method or Method.EMAIL_CODE].form
    if request.method == "GET":
        return _page(request, flow, form_class())
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, flow, form, 422)
    try:
        done = finish_sign_in(actor=request.actor, code=form.cleaned_data["code"])
    except TooMany as problem:
        return wait_for_codes(request, problem, with_next(request, HERE))
    except FlowOver:
        return start_again(request)
    except Overtaken:
        raise
    except Problem as problem:
        form.refuse("code", problem)
        return _page(request, flow, form, 422)
    return go_on(request, done, onward(request))


def choose(request: Request) -> HttpResponse:
    """Confirm in another way; choosing the e-mail sends a code."""
    method = chosen_method(request)
    try:
        done = choose_method(actor=request.actor, method=method)
    except TooMany as problem:
        return wait_for_codes(request, problem, with_next(request, HERE))
    except (FlowOver, MethodNotOffered):
        return start_again(request)
    return go_on(request, done, with_next(request, HERE))


def send(request: Request) -> HttpResponse:
    """Send the code by e-mail once more."""
    try:
        done = send_email_code(actor=request.actor)
    except TooMany as problem:
        return wait_for_codes(request, problem, with_next(request, HERE))
    except FlowOver:
        return start_again(request)
    flash.say(request, "success", _("A new code is on its way. The one before no longer works."))
    return go_on(request, done, with_next(request, HERE))


def waiting(request: Request, step: Step) -> Flow | None:
    """What the session is in the middle of, when it is this step and not too old."""
    flow = request.session_view.flow if request.session_view else None
    return flow if flow and flow.step is step and not flow.over(clock.now()) else None


def chosen_method(request: Request) -> Method:
    """The way that was chosen.

    :raises Missing: for one that does not exist.
    """
    try:
        return Method(request.POST.get("method", ""))
    except ValueError:
        raise Missing() from None


def _page(request: Request, flow: Flow, form: Form, status: int = 200) -> HttpResponse:
    by_mail = flow.method is Method.EMAIL_CODE
    context = {
        "form": form,
        "way": WAYS[flow.method or Method.EMAIL_CODE],
        "others": other_ways(flow.methods, flow.method),
        "address": masked_address(request.session_view) if by_mail else "",
        "send_url": with_next(request, f"{HERE}/send"),
        "method_url": with_next(request, f"{HERE}/method"),
        "again_url": with_next(request, "/login"),
    }
    return render(request, "login/code.html", context, status)
