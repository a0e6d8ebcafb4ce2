"""Ways out of this site, back to the application that sent the browser here."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.template import loader

from gapura.sso.services import Answer, origin_of
from gapura.web.shell.context import shell_context
from gapura.web.shell.headers import CONTENT_SECURITY_POLICY
from gapura.web.shell.requests import Request

_OWN = "form-action 'self'"


class Away(HttpResponse):
    """303 to another site (RFC 9700 4.12: never 307, which would send our forms along).

    Django's own redirects know http and https only; an application on a telephone has a scheme of
    its own. The address was registered, so it is no open redirect.
    """

    status_code = 303

    def __init__(self, address: str) -> None:
        super().__init__(headers={"Location": address})


@dataclass(frozen=True, slots=True)
class Exit:
    """Where to, with what is to be sent along, and whose that is."""

    answer: Answer
    application: str


def host_of(address: str) -> str:
    """Who answers at an address, as people read it: the host, or an application's own scheme."""
    return urlsplit(address).netloc or origin_of(address)


def plain(address: str) -> Answer:
    """An answer that is nothing but an address."""
    return Answer(address, ())


def may_send_to(response: HttpResponse, address: str) -> HttpResponse:
    """Let a form of this page be followed to `address`: browsers hold redirects against the policy.

    This page alone, and the origin of an address that was registered.
    """
    return _allow(response, origin_of(address) if address else "")


def _allow(response: HttpResponse, source: str) -> HttpResponse:
    policy = CONTENT_SECURITY_POLICY.replace(_OWN, f"{_OWN} {source}".rstrip())
    response.headers["Content-Security-Policy"] = policy
    return response


def leave(request: Request, out: Exit) -> HttpResponse:
    """Send the browser away: by a redirect, or by a form where the application asked for that."""
    if out.answer.members:
        return _form(request, out)
    if _follows_a_form(request):
        return _page(request, "oauth2/leave.html", out)
    return Away(out.answer.uri)


def _follows_a_form(request: Request) -> bool:
    """A browser that comes here by sending a form of ours, such as the one for the second factor.

    The policy of that form's page names this site only, and Chromium then stops at a redirect to
    anywhere else, also at one the application makes from there on. So a page leads on instead.
    Programs and browsers that do not tell how they came get the redirect.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE", "")
    return site == "same-origin" and request.META.get("HTTP_SEC_FETCH_MODE") == "navigate"


def _form(request: Request, out: Exit) -> HttpResponse:
    """OAuth 2.0 Form Post Response Mode: a form with a button, pressed by script where it can.

    What takes the form may send the browser on to another host of the same application, and
    Chromium holds that against this page, too: so the scheme alone is held. The page has no input.
    """
    page = _page(request, "oauth2/form_post.html", out)
    return _allow(page, f"{urlsplit(out.answer.uri).scheme}:")


def _page(request: Request, template: str, out: Exit) -> HttpResponse:
    values = {
        "elsewhere": out.answer.uri,
        "members": out.answer.members,
        "application": out.application,
    }
    shell = shell_context(request, bare=True)
    html = loader.get_template(template).render({**shell, **values}, request)
    return HttpResponse(html)
