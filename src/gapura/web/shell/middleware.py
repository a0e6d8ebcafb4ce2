"""The layers around every page: headers and language, who acts, and problems as pages."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DataError, transaction
from django.http import Http404, HttpResponseBase
from django.utils import translation

from gapura.audit.events import Result, Subject
from gapura.audit.services import record
from gapura.authentication.queries import nobody_at, resolve_actor
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import Verdict, refusals
from gapura.kernel.problems import Problem
from gapura.web.shell import flash
from gapura.web.shell.errors import as_request, error_page, problem_page, unexpected, write_down
from gapura.web.shell.events import REFUSED
from gapura.web.shell.headers import SECURITY_HEADERS, STATIC_HEADERS

GetResponse = Callable[[WSGIRequest], HttpResponseBase]

_LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
_AGENT_LONGEST = 300
_REFUSALS = frozenset({403, 404})
_NO_TEXT = re.compile("[\\0\ud800-\udfff]|\\\\u(0000|d[89a-f])", re.IGNORECASE)
_DJANGOS = (Http404, PermissionDenied, SuspiciousOperation)


def frame(get_response: GetResponse) -> GetResponse:
    """Outermost: request number, host, language by cookie, security headers, one-time notices."""

    def handle(request: WSGIRequest) -> HttpResponseBase:
        number = request.META.setdefault("gapura.request_id", uuid7().hex)
        translation.activate(_chosen(request) or settings.LANGUAGE_CODE)
        try:
            request.get_host()
        except DisallowedHost:
            response: HttpResponseBase = error_page(request, 400)
        else:
            response = get_response(request)
        flash.carry(request, response)
        is_static = request.path.startswith(settings.STATIC_URL)
        for name, value in (STATIC_HEADERS if is_static else SECURITY_HEADERS).items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers["X-Request-Id"] = number
        return response

    return handle


def identity(get_response: GetResponse) -> GetResponse:
    """The session cookie becomes `request.actor`; the profile's language, unless one was chosen."""

    def handle(plain: WSGIRequest) -> HttpResponseBase:
        request: Any = plain
        request.request_id = plain.META["gapura.request_id"]
        request.by_script = plain.META.get("HTTP_HX_REQUEST") == "true"
        chosen = _chosen(plain)
        facts = {
            "ip": plain.META.get("REMOTE_ADDR"),
            "user_agent": plain.META.get("HTTP_USER_AGENT", "")[:_AGENT_LONGEST],
            "request_id": request.request_id,
            "device": plain.COOKIES.get(settings.DEVICE_COOKIE, ""),
        }
        token = plain.COOKIES.get(settings.SESSION_COOKIE, "")
        actor, request.session_view = nobody_at(**facts), None
        if token:
            actor, request.session_view = resolve_actor(token=token, **facts)
        language = chosen or actor.language
        if language != translation.get_language():
            translation.activate(language)
        request.actor = replace(actor, language=language)
        request.language = language
        return get_response(plain)

    return handle


class problems:  # noqa: N801 - named like its two neighbors in the settings
    """What services refuse becomes a page, and so does what nobody foresaw."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: WSGIRequest) -> HttpResponseBase:
        with refusals() as refused:
            as_request(request).refused = refused
            response = self.get_response(request)
        if refused and response.status_code in _REFUSALS and as_request(request).actor.signed_in:
            _keep_reason(as_request(request).actor, request.path, refused[0], response.status_code)
        return response

    def process_exception(self, request: WSGIRequest, error: Exception) -> HttpResponseBase | None:
        """Django calls this for an exception of a view."""
        if isinstance(error, Problem):
            return problem_page(as_request(request), error)
        if isinstance(error, _DJANGOS):
            return None
        if isinstance(error, DataError | ValueError) and _holds_what_no_text_can(request):
            return error_page(request, 400)
        write_down(request, error)
        return unexpected(request, error)


def _holds_what_no_text_can(request: WSGIRequest) -> bool:
    """NUL or half a character, as it is or written in JSON: no text of the database holds them.

    Asked once something stumbled over it, and not before every page: passwords may hold a NUL, and
    forms name the field in which one stands.
    """
    data = (request.GET, request.POST)
    given = (text for each in data for name, texts in each.lists() for text in (name, *texts))
    texts = (request.path_info, *request.COOKIES.values(), *given)
    return any(_NO_TEXT.search(text) for text in texts)


def _keep_reason(actor: Actor, path: str, verdict: Verdict, status: int) -> None:
    """A 404 tells the visitor nothing; the log tells why (ASVS 5.0 V16.3.2)."""
    path = path.replace("\0", "\N{REPLACEMENT CHARACTER}")
    facts = {
        "path": path[:200],
        "permission": verdict.permission,
        "missing": [clause.name for clause in verdict.missing],
        "status": status,
    }
    subject = Subject("page", path[:80])
    with transaction.atomic():
        record(actor, REFUSED, subject, facts=facts, agency=actor.agency, result=Result.REFUSED)


def _chosen(request: WSGIRequest) -> str:
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return language if language in _LANGUAGES else ""
