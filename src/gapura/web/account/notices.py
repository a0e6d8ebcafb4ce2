"""/account/notices: what the bell counts; having looked, nothing is new any more."""

from django.http import HttpResponse

from gapura.notifications.queries import bell_for
from gapura.notifications.services import mark_read
from gapura.web.account.tabs import tabs
from gapura.web.shell.context import Shell
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

HERE = "/account/notices"


def show(request: Request) -> HttpResponse:
    """The newest first. Reading marks them as read, so the bell of this very page says nothing."""
    rows = bell_for(request.actor)
    if request.method == "GET" and any(row.is_new for row in rows):
        mark_read(actor=request.actor)
    shell = Shell(request)
    shell.unread = 0
    zone = request.actor.grant.zone if request.actor.grant else "Asia/Jakarta"
    context = {"rows": rows, "tabs": tabs(HERE), "zone": zone, "shell": shell}
    return render(request, "account/notices.html", context)
