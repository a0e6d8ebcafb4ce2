"""/logout: ends the session of this browser, and says so."""

from django.http import HttpResponse

from gapura.authentication.services import sign_out
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, clear_site, forget_session

HERE = "/logout"


def logout(request: Request) -> HttpResponse:
    """POST signs out; GET says that it is done, or asks somebody who is still signed in."""
    if request.method == "GET":
        return render(request, "login/logout.html", {"signed_in": request.actor.signed_in})
    sign_out(actor=request.actor)
    response = SeeOther(HERE)
    forget_session(response)
    clear_site(response)
    return response
