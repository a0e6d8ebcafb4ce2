"""/oauth2/authorize: an application asks who somebody is (OpenID Connect Core 3.1.2)."""

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from django.utils.http import urlencode

from gapura.authentication.queries import factors_of
from gapura.sso.services import Leave, Need, OAuthProblem, Stop, authorize_client, form
from gapura.web.oauth2.leaving import Exit, host_of, leave, may_send_to
from gapura.web.oauth2.problems import problem_page
from gapura.web.shell.pages import render
from gapura.web.shell.requests import LOGIN, STEP_UP, Request, SeeOther

HERE = "/oauth2/authorize"
_LONGEST_BODY = 8 * 1024
_LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
# Proved anew, or more strongly: both are the confirmation that the rest of the site asks for.
_CONFIRM = f"{STEP_UP}/start"


def authorize(request: Request) -> HttpResponse:
    """Lead on: to sign in, to the question what may be told, or back with a code."""
    try:
        if request.method == "POST":
            return _as_address(request.body)
        found = authorize_client(actor=request.actor, query_text=request.META["QUERY_STRING"])
    except OAuthProblem as problem:
        return problem_page(request, problem)
    return answer(request, found)


def answer(request: Request, found: Leave | Stop) -> HttpResponse:
    """The browser goes back to the application, or the person is asked something first."""
    if isinstance(found, Leave):
        return leave(request, Exit(found.answer, found.application.name))
    if not request.actor.signed_in:
        # Straight there: a stop in between would cost everybody a page and tell nothing.
        query = {"next": kept_at(found)}
        if found.login_hint:
            query["login_hint"] = found.login_hint
        return _in_their_language(request, SeeOther(f"{LOGIN}?{urlencode(query)}"), found)
    if found.is_new:
        # From here on the address holds all that was asked, for every page on the way.
        return SeeOther(kept_at(found))
    return _ask(request, found)


def kept_at(found: Stop) -> str:
    """The address of a request that waits here for its answer."""
    return f"{HERE}?{urlencode({'kept': found.kept})}"


def _ask(request: Request, found: Stop) -> HttpResponse:
    context = {
        "asked": found,
        "host": host_of(found.back.redirect_uri),
        "confirm_url": f"{_CONFIRM}?{urlencode({'next': kept_at(found)})}",
    }
    if found.need is Need.CONSENT:
        page = render(request, "oauth2/consent.html", context)
        return may_send_to(page, found.back.redirect_uri)
    context["factors"] = factors_of(request.actor)
    context["enroll"] = urlencode({"next": kept_at(found)})
    page = render(request, "oauth2/again.html", context)
    return may_send_to(page, found.back.redirect_uri)


def _as_address(body: bytes) -> HttpResponse:
    """A form of another site comes without our cookies, so its fields go on as an address.

    :raises OAuthProblem: it cannot be read, or would be no address any more.
    """
    if len(body) > _LONGEST_BODY:
        raise OAuthProblem(
            "invalid_request", "the request is too long: push it (RFC 9126)", 413, "too_long"
        )
    return SeeOther(f"{HERE}?{form(body).encoded()}")


def _in_their_language(request: Request, response: SeeOther, found: Stop) -> HttpResponse:
    """`ui_locales` holds where the person has chosen nothing (OpenID Connect Core 3.1.2.1)."""
    chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    wanted = next((one for one in found.languages if one in _LANGUAGES), "")
    if chosen or not wanted or wanted == translation.get_language():
        return response
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        wanted,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
