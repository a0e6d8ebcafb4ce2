"""/login/not-me: the link “This was not me” of a notice; works signed out, and once."""

from django.http import HttpResponse

from gapura.authentication.errors import DisavowalOver
from gapura.authentication.queries import disavowal_for
from gapura.authentication.services import disavow
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, forget_session

HERE = "/login/not-me"


def ask(request: Request, disavowal: str) -> HttpResponse:
    """GET says what the link is about and what it does: programs that look through mail open it.

    POST does it.
    """
    if request.method == "POST":
        return _lock(request, disavowal)
    try:
        about = disavowal_for(disavowal)
    except DisavowalOver:
        return render(request, "login/not_me_over.html", {}, 404)
    return render(request, "login/not_me.html", {"about": about})


def done(request: Request) -> HttpResponse:
    """The account is locked: what happens now."""
    return render(request, "login/not_me_done.html", {})


def _lock(request: Request, disavowal: str) -> HttpResponse:
    try:
        disavow(actor=request.actor, token=disavowal)
    except DisavowalOver:
        return render(request, "login/not_me_over.html", {}, 404)
    response = SeeOther(HERE)
    forget_session(response)
    return response
