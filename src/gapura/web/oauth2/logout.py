"""/oauth2/logout: an application says that somebody wants to sign out (RP-Initiated Logout 1.0)."""

from django.http import HttpResponse

from gapura.sso.queries import signed_on_with
from gapura.sso.services import (
    LogoutAsked,
    OAuthProblem,
    back_to,
    form,
    is_about_another,
    read_logout,
    sign_out_from,
)
from gapura.web.oauth2.leaving import Exit, leave, may_send_to, plain
from gapura.web.oauth2.problems import problem_page
from gapura.web.shell.pages import render
from gapura.web.shell.requests import Request, SeeOther, clear_site, forget_session

HERE = "/oauth2/logout"
AFTERWARDS = "/logout"
_LONGEST_BODY = 8 * 1024


def logout(request: Request) -> HttpResponse:
    """Ask; nothing ends by following a link, wherever that came from.

    Whoever is not signed in any more goes on at once.
    """
    try:
        if request.method == "POST":
            return _as_address(request.body)
        text = request.META["QUERY_STRING"]
        asked = read_logout(actor=request.actor, query_text=text)
    except OAuthProblem as problem:
        return problem_page(request, problem)
    if not request.actor.signed_in:
        return _onward(request, asked)
    context = {
        "asked": text,
        "application": asked.client.name if asked.client else "",
        "others": signed_on_with(request.actor),
        "as_somebody_else": is_about_another(request.actor, asked),
    }
    page = render(request, "oauth2/logout.html", context)
    return may_send_to(page, back_to(asked))


def confirm(request: Request) -> HttpResponse:
    """Sign out here and tell every application that is signed in with this session."""
    try:
        asked = read_logout(actor=request.actor, query_text=request.POST.get("asked", ""))
    except OAuthProblem as problem:
        return problem_page(request, problem)
    sign_out_from(actor=request.actor, asked=asked)
    response = _onward(request, asked)
    forget_session(response)
    clear_site(response)
    return response


def _onward(request: Request, asked: LogoutAsked) -> HttpResponse:
    """To the address that is registered for it, or to the page that says it is done."""
    address = back_to(asked)
    if not address or asked.client is None:
        return SeeOther(AFTERWARDS)
    return leave(request, Exit(plain(address), asked.client.name))


def _as_address(body: bytes) -> HttpResponse:
    """A form of another site comes without our cookies, so its fields go on as an address.

    :raises OAuthProblem: it cannot be read, or would be no address any more.
    """
    if len(body) > _LONGEST_BODY:
        raise OAuthProblem("invalid_request", "the request is too long", 413, "too_long")
    return SeeOther(f"{HERE}?{form(body).encoded()}")
