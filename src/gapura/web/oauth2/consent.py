"""/oauth2/consent: what a person answers when an application asks to be told something."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.http import urlencode

from gapura.authentication.services import sign_out
from gapura.sso.services import OAuthProblem, allow_client, deny_client
from gapura.web.oauth2.authorize import HERE, answer
from gapura.web.oauth2.problems import problem_page
from gapura.web.shell.requests import LOGIN, Request, SeeOther, clear_site, forget_session


def allow(request: Request) -> HttpResponse:
    """Tell it, and remember that; whoever answers must be who was asked."""
    kept = request.POST.get("kept", "")
    asked = _person(request.POST.get("person", ""))
    if asked is None or asked != request.actor.person or not request.actor.signed_in:
        # Signed out, or in as somebody else in another window: they are asked themselves.
        return SeeOther(f"{HERE}?{urlencode({'kept': kept})}")
    try:
        found = allow_client(actor=request.actor, kept=kept)
    except OAuthProblem as problem:
        return problem_page(request, problem)
    return answer(request, found)


def deny(request: Request) -> HttpResponse:
    """Back to the application with nothing."""
    try:
        found = deny_client(actor=request.actor, kept=request.POST.get("kept", ""))
    except OAuthProblem as problem:
        return problem_page(request, problem)
    return answer(request, found)


def another(request: Request) -> HttpResponse:
    """Sign out and in again as somebody else, without losing what the application asked."""
    kept = urlencode({"kept": request.POST.get("kept", "")})
    sign_out(actor=request.actor)
    response = SeeOther(f"{LOGIN}?{urlencode({'next': f'{HERE}?{kept}'})}")
    forget_session(response)
    clear_site(response)
    return response


def _person(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
