"""Where a recovery stands, and the way back to its start."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.authentication.queries import Flow, Step
from gapura.kernel import clock
from gapura.web.shell import flash
from gapura.web.shell.requests import Request, SeeOther

START = "/recover"


def standing(request: Request, *steps: Step) -> Flow | None:
    """What the session is in the middle of, when it is one of `steps` and not too old."""
    flow = request.session_view.flow if request.session_view else None
    return flow if flow and flow.step in steps and not flow.over(clock.now()) else None


def start_again(request: Request, start: str = START) -> HttpResponse:
    """Nothing is under way in this browser, or it took too long."""
    flash.say(
        request,
        "info",
        _(
            "For safety a new password must be chosen within 30 minutes and in one browser. "
            "Please begin again."
        ),
    )
    return SeeOther(start)
