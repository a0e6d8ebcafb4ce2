"""Where a sign-in leads to: `next`, kept in the address from page to page."""

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gapura.authentication.queries import Step
from gapura.authentication.services import SignIn
from gapura.web.shell import flash
from gapura.web.shell.requests import (
    LOGIN,
    Request,
    SeeOther,
    keep_device,
    keep_session,
    safe_path,
)

HOME = "/"
TURNED_AWAY = "/login/locked"
CONTINUE = "/login/continue"
REMINDER = "/account/password/reminder"
CONFIRM = "/account/confirm"
_STEPS = (f"{LOGIN}/code", TURNED_AWAY, CONTINUE, f"{LOGIN}/not-me", f"{LOGIN}/undo")


def onward(request: Request) -> str:
    """The path on this site that was asked for, or home; never a page of the sign-in itself."""
    target = safe_path(request.GET.get("next"), HOME)
    path = target.partition("?")[0]
    at_sign_in = path in {LOGIN, "/logout"} or path.startswith(_STEPS)
    return HOME if at_sign_in else target


def with_next(request: Request, path: str) -> str:
    """`path` with the same `next` behind it."""
    target = onward(request)
    return path if target == HOME else f"{path}?{urlencode({'next': target})}"


def go_on(request: Request, done: SignIn, path: str) -> HttpResponse:
    """A 303 to `path` with the cookies of the sign-in; a form that was left open comes first."""
    if done.step is Step.TURNED_AWAY:
        path = TURNED_AWAY
    if done.kept is not None:
        query = urlencode({"next": path}) if path != HOME else ""
        path = f"{CONTINUE}/{done.kept}" + (f"?{query}" if query else "")
    if done.asks_profile:
        path = f"{CONFIRM}?{urlencode({'next': path})}"
    if done.remind:
        path = f"{REMINDER}?{urlencode({'next': path})}"
    response = SeeOther(path)
    if done.token:
        keep_session(request, response, done.token)
    if done.step is Step.DONE:
        keep_device(request, response, done.device)
    if done.others:
        _say_others(request, done.others)
    return response


def _say_others(request: Request, others: int) -> None:
    """The rule for several sign-ins at once stands on the security page."""
    text = ngettext(
        "You are also signed in on %(count)s other device. If that is not you, end it under "
        "“Sign-in and security”.",
        "You are also signed in on %(count)s other devices. If one of them is not you, end it "
        "under “Sign-in and security”.",
        others,
    )
    flash.say(request, "info", text % {"count": others})


def start_again(request: Request) -> HttpResponse:
    """Nothing waits for a code here: on for whoever is signed in, else back to the first step."""
    if request.actor.signed_in:
        return SeeOther(onward(request))
    flash.say(
        request,
        "info",
        _(
            "This sign-in was started too long ago or was finished in another window. Enter your "
            "username and password again."
        ),
    )
    return SeeOther(with_next(request, LOGIN))
