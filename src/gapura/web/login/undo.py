"""/login/undo: the link that takes a changed e-mail address or telephone back; signed out, once."""

from django.http import HttpResponse

from gapura.accounts.errors import UndoOver
from gapura.accounts.queries import CONTACTS, change_for
from gapura.authentication.services import undo_contact
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, forget_session

HERE = "/login/undo"


def ask(request: Request, undo: str) -> HttpResponse:
    """GET says what the link takes back: programs that look through mail open it. POST does it."""
    if request.method == "POST":
        return _undo(request, undo)
    try:
        change = change_for(undo)
    except UndoOver:
        return _over(request)
    values = {"change": change, "what": CONTACTS[change.kind]}
    return render(request, "login/undo.html", values)


def done(request: Request) -> HttpResponse:
    """It is taken back, or the address is another account's by now; what happens next."""
    return render(request, "login/undo_done.html", {"taken": request.GET.get("taken") == "1"})


def _undo(request: Request, undo: str) -> HttpResponse:
    try:
        found = undo_contact(actor=request.actor, token=undo)
    except UndoOver:
        return _over(request)
    response = SeeOther(f"{HERE}?taken=1" if found.taken else HERE)
    forget_session(response)
    return response


def _over(request: Request) -> HttpResponse:
    return render(request, "login/undo_over.html", {}, 404)
