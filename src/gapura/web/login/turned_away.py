"""/login/locked, /login/suspended: why somebody who proved everything cannot come in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpResponse

from gapura.authentication.errors import FlowOver
from gapura.authentication.queries import turned_away
from gapura.kernel.texts import N_
from gapura.web.login.onward import start_again
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

LOCKED, SUSPENDED = "/login/locked", "/login/suspended"


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, for how long, and what to do, as message ids."""

    title: str
    what: str
    long: str
    todo: str


_UNTIL_LIFTED = N_("It stays like this until an administrator opens it again.")
STORIES: Mapping[str, Story] = {
    "not_me": Story(
        N_("Your account is locked"),
        N_(
            "Somebody used the link “This was not me” in a mail to you. So that no stranger can do "
            "anything, nobody can sign in now. Your password must not be used any more."
        ),
        N_("It stays locked until you choose a new password."),
        N_(
            "Choose a new password and confirm it with your second factor, a backup code or your "
            "telephone. A code by e-mail alone is not enough: the stranger may read your mail. If "
            "you have none of these, contact the administrator."
        ),
    ),
    "desk": Story(
        N_("Your account is locked"),
        N_("An administrator locked your account, because there were signs of a stranger in it."),
        _UNTIL_LIFTED,
        N_("Contact the administrator. You will be asked to prove who you are."),
    ),
    "recovery": Story(
        N_("Your account is locked"),
        N_("Somebody asked to get this account back without your password and your factors."),
        N_("It stays locked until that is decided. The mail we sent says when."),
        N_("If it was not you, stop it with the link in the mail, or contact the administrator."),
    ),
    "suspended": Story(
        N_("Your account is suspended"),
        N_("Your account was suspended. The mail we sent then says why and by whom."),
        _UNTIL_LIFTED,
        N_("Answer as the mail says, or contact the administrator."),
    ),
    "closed": Story(
        N_("Your account is closed"),
        N_("This account was closed and cannot be used any more."),
        N_("It stays closed."),
        N_("If you still work in procurement, register again or contact the administrator."),
    ),
}


def locked(request: Request) -> HttpResponse:
    """The account is locked; whoever is suspended goes on to that page."""
    return _page(request, LOCKED)


def suspended(request: Request) -> HttpResponse:
    """The account is suspended or closed."""
    return _page(request, SUSPENDED)


def _page(request: Request, here: str) -> HttpResponse:
    """Only this browser sees it, for half an hour: it proved password and second factor."""
    try:
        away = turned_away(request.session_view)
    except FlowOver:
        return start_again(request)
    right = SUSPENDED if away.why in {"suspended", "closed"} else LOCKED
    if right != here:
        return SeeOther(right)
    context = {"story": STORIES[away.why], "away": away}
    return render(request, "login/turned_away.html", context, 403)
