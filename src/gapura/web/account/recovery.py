"""/account/recovery: ways back that somebody asked for in the owner's name, and the stop."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.queries import own_recoveries
from gapura.authentication.services import stop_own_recoveries
from gapura.kernel import clock
from gapura.web.shell import flash
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther

HERE = "/account/recovery"


def recovery(request: Request) -> HttpResponse:
    """What is open, and a button that stops it."""
    if request.method == "POST":
        if stop_own_recoveries(actor=request.actor):
            flash.say(request, "success", _("It is stopped. Nothing changed in your account."))
        return SeeOther(HERE)
    grant = request.actor.grant
    zone = grant.zone if grant else clock.JAKARTA
    context = {"rows": own_recoveries(request.actor), "zone": zone}
    return render(request, "account/recovery.html", context)
