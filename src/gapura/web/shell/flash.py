"""One-time notices: said before a redirect, shown on the next page, carried by a signed cookie."""

from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpResponseBase

from gapura.web.shell.requests import Request

KINDS = ("success", "info", "problem")
COOKIE = f"{settings.COOKIE_PREFIX}flash"
_SALT = "gapura.flash"
_SECONDS = 300
_LONGEST = 300
_MOST = 3


class Notice(NamedTuple):
    """One notice; `kind` is one of KINDS."""

    kind: str
    text: str


def say(request: Request, kind: str, text: str) -> None:
    """Show `text` (already translated) once on the next page that is drawn.

    :raises ValueError: for a kind that is not in KINDS.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of notice {kind!r}")
    _pending(request).append(Notice(kind, str(text)[:_LONGEST]))


def take(request: WSGIRequest) -> list[Notice]:
    """What is to be shown now; it is then gone."""
    taken = [*_carried(request), *_pending(request)]
    _pending(request).clear()
    request.META["gapura.flash_shown"] = True
    return taken


def carry(request: WSGIRequest, response: HttpResponseBase) -> None:
    """Put what was not shown yet into the cookie, or take the cookie away when all was."""
    pending = _pending(request)
    if pending:
        kept = pending if request.META.get("gapura.flash_shown") else [*_carried(request), *pending]
        response.set_cookie(
            COOKIE,
            signing.dumps(kept[-_MOST:], salt=_SALT, compress=True),
            max_age=_SECONDS,
            path="/",
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    elif request.META.get("gapura.flash_shown") and COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path="/", samesite="Lax")


def _pending(request: WSGIRequest) -> list[Notice]:
    notices: list[Notice] = request.META.setdefault("gapura.flash", [])
    return notices


def _carried(request: WSGIRequest) -> list[Notice]:
    cookie = request.COOKIES.get(COOKIE)
    if not cookie:
        return []
    try:
        pairs = signing.loads(cookie, salt=_SALT, max_age=_SECONDS)
        return [Notice(kind, text) for kind, text in pairs]
    except (signing.BadSignature, ValueError, TypeError):
        return []
