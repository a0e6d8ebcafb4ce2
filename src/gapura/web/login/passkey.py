"""/login/passkey: signing in with nothing but a passkey; options for the pages that ask for one."""

from typing import Any

from django.http import HttpResponse

from gapura.authentication.errors import FlowOver
from gapura.authentication.services import (
    LENT_FOR,
    ask_passkey,
    ask_passkey_again,
    ask_passkey_factor,
    sign_in_with_passkey,
)
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import TooMany
from gapura.web.login.onward import go_on, onward, start_again, with_next
from gapura.web.login.waiting import wait
from gapura.web.shell import flash
from gapura.web.shell.forms import sentences
from gapura.web.shell.passkeys import LONGEST, options
from gapura.web.shell.requests import LOGIN, Request, SeeOther, lend_session


def begin(request: Request) -> HttpResponse:
    """Options without a name; a browser without a session is lent one to bind them to."""
    lent: list[str] = []

    def make() -> dict[str, Any]:
        asked, token = ask_passkey(actor=request.actor)
        lent.append(token)
        return asked

    response = options(make)
    if lent and lent[0]:
        lend_session(response, lent[0], LENT_FOR)
    return response


def finish(request: Request) -> HttpResponse:
    """A right answer signs in; all others come back to the form with the same sentence."""
    if request.actor.signed_in:
        return SeeOther(onward(request))
    try:
        done = sign_in_with_passkey(
            actor=request.actor, answer=request.POST.get("answer", "")[: LONGEST + 1]
        )
    except TooMany as problem:
        return wait(request, problem)
    except FlowOver:
        return start_again(request)
    except Problem as problem:
        flash.say(request, "problem", sentences(problem))
        return SeeOther(with_next(request, LOGIN))
    return go_on(request, done, onward(request))


def factor(request: Request) -> HttpResponse:
    """Options for the second factor of a sign-in or of a new password."""
    return options(lambda: ask_passkey_factor(actor=request.actor))


def again(request: Request) -> HttpResponse:
    """Options for somebody who is signed in and proves it once more."""
    return options(lambda: ask_passkey_again(actor=request.actor))
