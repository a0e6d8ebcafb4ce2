"""/account/password/reminder: after a sign-in with an old password: change it now, or later."""

from django.http import HttpResponse

from gapura.authentication.queries import password_reminder
from gapura.authentication.services import postpone_change
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, safe_path

HOME = "/"


def remind(request: Request) -> HttpResponse:
    """The question; "later" goes on to where the person wanted to go, and is remembered."""
    onward = safe_path(request.GET.get("next"), HOME)
    if request.method == "POST":
        postpone_change(actor=request.actor)
        return SeeOther(onward)
    age = password_reminder(request.actor)
    if age is None:
        return SeeOther(onward)
    return render(request, "account/password_reminder.html", {"age": age})
