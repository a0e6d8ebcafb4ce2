"""The answer when somebody must wait: how long, and what can be done meanwhile."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.throttle import TooMany
from gapura.web.shell.errors import problem_page
from gapura.web.shell.requests import Request


def wait(request: Request, problem: TooMany) -> HttpResponse:
    """429 with the minutes to wait, and the ways out."""
    links = (
        {"href": "/recover", "text": _("Choose a new password")},
        {"href": "/help/contact", "text": _("Contact the administrator")},
    )
    return problem_page(request, problem, links)
