"""/login/step-up: a factor once more for somebody who is signed in, for strength or as a proof."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.errors import FlowOver, MethodNotOffered
from gapura.authentication.queries import (
    Flow,
    Method,
    Step,
    factors_of,
    masked_address,
    proof_is_fresh,
)
from gapura.authentication.services import (
    choose_method,
    finish_step_up,
    send_email_code,
    start_step_up,
)
from gapura.kernel.problems import Overtaken, Problem
from gapura.kernel.throttle import TooMany
from gapura.web.login.code import chosen_method, waiting
from gapura.web.login.onward import go_on, onward, with_next
from gapura.web.login.waiting import wait_for_codes
from gapura.web.shell import flash
from gapura.web.shell.codes import WAYS, other_ways
from gapura.web.shell.forms import Form
from gapura.web.shell.pages import render
from gapura.web.shell.requests import STEP_UP, Request, SeeOther

ENROLL = "/account/totp"
ENROLLS = frozenset({ENROLL, "/account/passkeys/new"})


def step_up(request: Request) -> HttpResponse:
    """Ask for the code, or say what is missing when the person has no authenticator app."""
    flow = waiting(request, Step.STEP_UP)
    if flow is None:
        return _begin(request)
    form_class = WAYS[flow.method or Method.EMAIL_CODE].form
    if request.method == "GET":
        return _page(request, flow, form_class())
    form = form_class(request.POST)
    if not form.is_valid():
        return _page(request, flow, form, 422)
    try:
        done = finish_step_up(actor=request.actor, code=form.cleaned_data["code"])
    except TooMany as problem:
        return wait_for_codes(request, problem, with_next(request, STEP_UP))
    except FlowOver:
        return SeeOther(with_next(request, STEP_UP))
    except Overtaken:
        raise
    except Problem as problem:
        form.refuse("code", problem)
        return _page(request, flow, form, 422)
    return go_on(request, done, onward(request))


def start(request: Request) -> HttpResponse:
    """Ask for a code; without an authenticator app this sends one by e-mail."""
    try:
        done = start_step_up(actor=request.actor)
    except TooMany as problem:
        return wait_for_codes(request, problem, with_next(request, STEP_UP))
    except MethodNotOffered:
        return _without_app(request)
    return go_on(request, done, with_next(request, STEP_UP))


def choose(request: Request) -> HttpResponse:
    """Confirm in another way; choosing the e-mail sends a code."""
    method = chosen_method(request)
    try:
        done = choose_method(actor=request.actor, method=method)
    except TooMany as problem:
        return wait_for_codes(request, problem, with_next(request, STEP_UP))
    except (FlowOver, MethodNotOffered):
        return SeeOther(with_next(request, STEP_UP))
    return go_on(request, done, with_next(request, STEP_UP))


def send(request: Request) -> HttpResponse:
    """Send the code by e-mail once more."""
    try:
        done = send_email_code(actor=request.actor)
    except TooMany as problem:
        return wait_for_codes(request, problem, with_next(request, STEP_UP))
    except FlowOver:
        return SeeOther(with_next(request, STEP_UP))
    flash.say(request, "success", _("A new code is on its way. The one before no longer works."))
    return go_on(request, done, with_next(request, STEP_UP))


def _begin(request: Request) -> HttpResponse:
    """With an app or a passkey it is asked for at once: that sends nothing, so GET may do it."""
    if not factors_of(request.actor).has_strong:
        return _without_app(request)
    try:
        done = start_step_up(actor=request.actor)
    except MethodNotOffered:
        return _without_app(request)
    return go_on(request, done, with_next(request, STEP_UP))


def _without_app(request: Request) -> HttpResponse:
    """Whoever proved the mailbox a moment ago lacks strength; the others may prove it again."""
    context = {
        "needs_app": proof_is_fresh(request.actor),
        "start_url": with_next(request, f"{STEP_UP}/start"),
        "enroll_url": with_next(request, ENROLL),
        "passkey_enroll_url": with_next(request, "/account/passkeys/new"),
    }
    return render(request, "login/needs_app.html", context)


def _that_help(request: Request, flow: Flow) -> tuple[Method, ...]:
    """After a fresh proof only the strength of an app or a passkey can be what is missing.

    A backup code does not give it, but lets whoever lost the phone add another app or passkey.
    """
    if not proof_is_fresh(request.actor):
        return flow.methods
    helps = {Method.PASSKEY, Method.TOTP}
    if onward(request).partition("?")[0] in ENROLLS:
        helps.add(Method.RECOVERY_CODE)
    return tuple(method for method in flow.methods if method in helps)


def _page(request: Request, flow: Flow, form: Form, status: int = 200) -> HttpResponse:
    by_mail = flow.method is Method.EMAIL_CODE
    context = {
        "form": form,
        "way": WAYS[flow.method or Method.EMAIL_CODE],
        "others": other_ways(_that_help(request, flow), flow.method),
        "address": masked_address(request.session_view) if by_mail else "",
        "send_url": with_next(request, f"{STEP_UP}/send"),
        "method_url": with_next(request, f"{STEP_UP}/method"),
        "passkey_url": f"{STEP_UP}/passkey",
    }
    return render(request, "login/step_up.html", context, status)
