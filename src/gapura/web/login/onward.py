"""Where a sign-in leads to: `next`, kept in the address from page to page."""

from django.http import HttpResponse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from gapura.authentication.services import SignIn
from gapura.web.shell import flash
from gapura.web.shell.requests import LOGIN, Request, SeeOther, keep_session, safe_path

HOME = "/"


def onward(request: Request) -> str:
    """The path on this site that was asked for, or home; never a page of the sign-in itself."""
    target = safe_path(request.GET.get("next"), HOME)
    at_sign_in = target.partition("?")[0] in {LOGIN, f"{LOGIN}/code", "/logout"}
    return HOME if at_sign_in else target


def with_next(request: Request, path: str) -> str:
    """`path` with the same `next` behind it."""
    target = onward(request)
    return path if target == HOME else f"{path}?{urlencode({'next': target})}"


def go_on(request: Request, done: SignIn, path: str) -> HttpResponse:
    """A 303 to `path` with the session's new cookie, when there is one."""
    response = SeeOther(path)
    if done.token:
        keep_session(request, response, done.token)
    return response


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
