"""The answer when somebody must wait: what happened, how long, and what can be done meanwhile."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from gapura.kernel.throttle import TooMany
from gapura.web.shell.errors import error_page
from gapura.web.shell.requests import Request


def wait(request: Request, problem: TooMany) -> HttpResponse:
    """429 after wrong names and passwords; the same whether the name has an account or not."""
    what = _("There were too many wrong tries with this name, or from where you are.")
    links = (
        {"href": "/recover", "text": _("Choose a new password")},
        {"href": "/help/contact", "text": _("Contact the administrator")},
    )
    return _page(request, problem, what, links)


def wait_for_codes(request: Request, problem: TooMany, again: str) -> HttpResponse:
    """429 after wrong codes; `again` is the page that asks for one, where other ways stand."""
    what = _("A wrong code was typed too often, or too many codes were asked for.")
    links = (
        {"href": again, "text": _("Back, to confirm in another way later")},
        {"href": "/recover/lost", "text": _("I have lost my second factor")},
        {"href": "/help/contact", "text": _("Contact the administrator")},
    )
    return _page(request, problem, what, links)


def _page(
    request: Request, problem: TooMany, what: str, links: tuple[dict[str, str], ...]
) -> HttpResponse:
    minutes = problem.values["minutes"]
    response = error_page(
        request,
        problem.status,
        title=_("You need to wait %(minutes)s minutes") % {"minutes": minutes},
        what=what,
        why=_(
            "For safety the wait grows with every further wrong try, up to an hour. On devices "
            "and in networks where you have signed in before, strangers do not hold you up."
        ),
        todo=_("Wait %(minutes)s minutes, then try once more, slowly.") % {"minutes": minutes},
        links=links,
    )
    response["Retry-After"] = str(problem.seconds)
    return response
