"""409: someone was faster. Says who, when and what, and where to go on."""

from uuid import UUID

from django.http import HttpResponse

from gapura.access.queries import ROLES, request_for
from gapura.kernel.problems import Overtaken
from gapura.web.shell.errors import todo_of, what_of
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request
from gapura.web.shell.states import REQUESTS


def overtaken(request: Request, request_id: UUID, problem: Overtaken) -> HttpResponse:
    """The page for an action that came too late; nothing was changed by it."""
    view = request_for(request.actor, request_id)
    values = {
        "view": view,
        "role": ROLES[view.role],
        "what": what_of(problem),
        "todo": todo_of(problem),
        "states": REQUESTS,
    }
    return render(request, "requests/overtaken.html", values, problem.status)
