"""The page for a request that cannot be granted and must not be sent back.

Where the address to send a browser to is itself what is wrong, going there would make this site a
signpost for whoever wrote it (RFC 6749 4.1.2.1, RFC 9700 4.11.2).
"""

from collections.abc import Mapping

from django.http import HttpResponse

from gapura.kernel.texts import N_
from gapura.sso.services import OAuthProblem
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request

_BROKEN = (
    N_("The application that sent you here asked in a way that we do not accept, so we stopped."),
    N_("Go back to the application and try again. If this comes again, tell those who run it."),
)
# What people can be told by the inner reason; all else is between the two programs.
_UNREGISTERED = (
    N_("The application wants you sent to an address that is not registered for it."),
    N_("Do not go on there. Tell those who run the application."),
)
_OVER = (
    N_("This sign-in at an application was finished already, or it was begun too long ago."),
    N_("Go back to the application and sign in there again."),
)
STORIES: Mapping[str, tuple[str, str]] = {
    "unknown_client": (
        N_("The application that sent you here is not registered with us, or it was stopped."),
        N_("Do not type your password there. Tell those who run it, or contact the administrator."),
    ),
    "redirect_uri": _UNREGISTERED,
    "post_logout_redirect_uri": _UNREGISTERED,
    "kept_over": _OVER,
    "pushed_used": _OVER,
    "pushed_expired": _OVER,
}


def problem_page(request: Request, problem: OAuthProblem) -> HttpResponse:
    """What happened, what to do, and below the words for whoever made the application."""
    what, todo = STORIES.get(problem.why, _BROKEN)
    context = {
        "what": what,
        "todo": todo,
        "error": problem.error,
        "description": problem.description,
    }
    status = problem.status if problem.status in {400, 413} else 400
    return render(request, "oauth2/problem.html", context, status)
