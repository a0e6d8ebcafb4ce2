"""Pages that say no: what happened, why, what to do. Never a traceback."""

import logging
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import loader
from django.utils.translation import gettext

from gapura.kernel.permissions import Refused
from gapura.kernel.problems import Busy, FieldProblems, Missing, Problem
from gapura.web.shell.context import shell_context
from gapura.web.shell.display import tr, tr_cited
from gapura.web.shell.kept import send_to_login
from gapura.web.shell.requests import STEP_UP, Request, send_to
from gapura.web.shell.strength import would_open
from gapura.web.shell.why import why_address
from gapura.web.shell.words import STALE_FORM, WORDS, Words, plain_page

log = logging.getLogger(__name__)


_OWN_FAULT = frozenset({500, 503})


def what_of(problem: Problem | str) -> str:
    """What happened, in the active language."""
    return tr(problem) if isinstance(problem, str) else tr_cited(problem.what, problem.values)


def todo_of(problem: Problem) -> str:
    """What to do, in the active language."""
    return tr_cited(problem.todo, problem.values)


def error_page(
    request: WSGIRequest, status: int, *, words: Words | None = None, **context: Any
) -> HttpResponse:
    """The page for `status`; `context` overrides its texts with translated ones."""
    words = words or WORDS[status]
    number = number_of(request)
    values = {
        "title": gettext(words.title),
        "what": tr(words.what),
        "why": tr(words.why),
        "todo": tr(words.todo),
        "reasons": (),
        "links": (),
        "request_id": number if status in _OWN_FAULT else "",
        **context,
    }
    try:
        shell = shell_context(as_request(request), bare=status in _OWN_FAULT)
        html = loader.get_template("shell/error.html").render({**shell, **values}, request)
    except Exception:
        log.exception("the error page itself failed, request %s", number)
        return HttpResponse(plain_page(status, number), status=status)
    return HttpResponse(html, status=status)


def number_of(request: WSGIRequest) -> str:
    """The request's number, as people tell it to the helpdesk and as the logs hold it."""
    return str(request.META.get("gapura.request_id", ""))


def as_request(request: Any) -> Request:
    """The request as views know it, also when the edge did not come to resolve the actor."""
    if not hasattr(request, "actor"):
        request.actor = Request.actor
        request.session_view = None
    return request  # type: ignore[no-any-return]


def problem_page(
    request: Request, problem: Problem, links: Sequence[Mapping[str, str]] = ()
) -> HttpResponse:
    """The page for what a service refused: the way to sign in, the reasons, or its own texts.

    `links` are ways on: rows with `href` and `text`, translated.
    """
    if isinstance(problem, Refused):
        return _refused_page(request, problem)
    if isinstance(problem, Missing) and would_open(request.actor, request.refused):
        return send_to(request, STEP_UP)
    texts: dict[str, Any] = {"links": links}
    if problem.what:
        texts |= {"what": what_of(problem), "todo": todo_of(problem)}
    if isinstance(problem, FieldProblems):
        texts["reasons"] = tuple(_reason(what_of(p)) for p in problem.fields.values())
    response = error_page(request, problem.status, **texts)
    if isinstance(problem, Busy):
        response["Retry-After"] = str(problem.seconds)
    return response


def _refused_page(request: Request, problem: Refused) -> HttpResponse:
    if not request.actor.signed_in:
        return send_to_login(request)
    if problem.verdict.only_needs_strength:
        return send_to(request, STEP_UP)
    reasons = tuple(
        _reason(tr(c.says), law=tr(c.law), mend=tr(c.mend), link=c.link)
        for c in problem.verdict.missing
    )
    why = {"href": why_address(request, problem.verdict), "text": gettext("Why can't I do this?")}
    return error_page(
        request,
        403,
        what=what_of(problem),
        todo=todo_of(problem),
        reasons=reasons,
        links=(why,),
    )


def _reason(says: str, **more: str) -> dict[str, str]:
    return {"says": says, "law": "", "mend": "", "link": "", **more}


def unexpected(request: WSGIRequest, error: BaseException | None) -> HttpResponse:
    """The page for what nobody foresaw; 503 when the database does not answer."""
    if isinstance(error, (OperationalError, InterfaceError)):
        response = error_page(request, 503)
        response["Retry-After"] = "5"
        return response
    return error_page(request, 500)


def write_down(request: WSGIRequest, error: BaseException) -> None:
    """Log an unforeseen error with its place, without what databases add about the row's values."""
    first_line = str(error).partition("\n")[0]
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error(
        "%s %s failed, request %s: %s: %s\n%s",
        request.method,
        request.path,
        number_of(request),
        type(error).__name__,
        first_line,
        places,
    )


def method_refused(request: WSGIRequest, allow: str) -> HttpResponse:
    """405 with the methods that work."""
    response = error_page(request, 405)
    response["Allow"] = allow
    return response


def csrf_refused(request: WSGIRequest, reason: str = "") -> HttpResponse:
    """A form without a valid token."""
    log.info("form token refused, request %s: %s", number_of(request), reason)
    return error_page(request, 403, words=STALE_FORM)


def bad_request(request: WSGIRequest, exception: Exception) -> HttpResponse:
    """Django's handler400."""
    log.info("bad request %s: %s", number_of(request), type(exception).__name__)
    return error_page(request, 400)


def forbidden(request: WSGIRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    log.info("forbidden, request %s: %s", number_of(request), type(exception).__name__)
    return error_page(request, 403)


def not_found(request: WSGIRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return error_page(request, 404)


def server_error(request: WSGIRequest) -> HttpResponse:
    """Django's handler500: what went wrong outside of a view."""
    return unexpected(request, sys.exc_info()[1])
