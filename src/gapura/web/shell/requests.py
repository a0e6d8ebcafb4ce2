"""The request a page gets: Django's, with the actor and the session resolved at the edge."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from gapura.authentication.queries import SessionView
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Verdict

LONGEST_PATH = 2000
LOGIN = "/login"
STEP_UP = "/login/step-up"
DEVICE_SECONDS = 400 * 24 * 60 * 60

_NOBODY = Actor()


class Request(WSGIRequest):
    """What views are given. `actor` is the only identity; no session means `session_view` None.

    `by_script` is true when htmx asks for a part of a page.
    """

    actor: Actor = _NOBODY
    session_view: SessionView | None = None
    request_id: str = ""
    language: str = "id"
    by_script: bool = False
    # What was refused while the page was made, in order.
    refused: Sequence[Verdict] = ()


class SeeOther(HttpResponseRedirect):
    """303: after a POST the browser goes on with GET, so that reloading repeats nothing."""

    status_code = 303


def go_to(path: str, **query: Any) -> SeeOther:
    """A 303 to a path of our own, with query values added."""
    return SeeOther(f"{path}?{urlencode(query)}" if query else path)


def safe_path(target: str | None, otherwise: str = "/") -> str:
    """`target` when it is a path on this site, else `otherwise`: no open redirect."""
    if not target or not target.startswith("/") or len(target) > LONGEST_PATH:
        return otherwise
    if not target.isprintable():
        return otherwise
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts=None) else otherwise


def page_behind(request: WSGIRequest) -> str:
    """The page the person is on: this one for GET, the one that holds the form for POST."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    try:
        referer = urlsplit(request.META.get("HTTP_REFERER", ""))
    except ValueError:  # http://[ is no address
        return "/"
    path = f"{referer.path}?{referer.query}" if referer.query else referer.path
    return safe_path(path) if referer.netloc == request.META.get("HTTP_HOST") else "/"


def send_to(request: Request, target: str) -> HttpResponse:
    """Send the browser elsewhere with the way back; htmx is told by its own header."""
    answer = go_to(target, next=page_behind(request))
    if not request.by_script:
        return answer
    return HttpResponse(status=200, headers={"HX-Redirect": answer["Location"]})


def keep_session(request: WSGIRequest, response: HttpResponseBase, token: str) -> None:
    """Give the browser the session's new token. Form tokens change with it."""
    response.set_cookie(
        settings.SESSION_COOKIE,
        token,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    rotate_token(request)


def lend_session(response: HttpResponseBase, token: str, life: timedelta) -> None:
    """Give a browser that has no session a nameless one, which it forgets by itself.

    Form tokens stay: nobody is signed in, and the page that asked goes on with its own.
    """
    response.set_cookie(
        settings.SESSION_COOKIE,
        token,
        max_age=int(life.total_seconds()),
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def keep_device(request: WSGIRequest, response: HttpResponseBase, token: str = "") -> None:
    """Let the browser be known for another 400 days (RFC 6265bis: no cookie lives longer).

    Without a new `token` it keeps the one it has.
    """
    value = token or request.COOKIES.get(settings.DEVICE_COOKIE, "")
    if value:
        response.set_cookie(
            settings.DEVICE_COOKIE,
            value,
            max_age=DEVICE_SECONDS,
            path="/",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )


def clear_site(response: HttpResponseBase) -> None:
    """What the browser kept goes too (ASVS 5.0 V14.3.1), but no cookie: the language stays."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def forget_session(response: HttpResponseBase) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(settings.SESSION_COOKIE, path="/", samesite="Lax")
