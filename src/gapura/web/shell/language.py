"""POST /language: the choice goes into a cookie and, for signed-in people, into the profile."""

from django.conf import settings
from django.http import HttpResponse

from gapura.accounts.services import choose_language
from gapura.kernel.problems import Missing
from gapura.web.shell.requests import Request, SeeOther, safe_path

_YEAR = 365 * 24 * 3600
_LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)


def choose(request: Request) -> HttpResponse:
    """Back to the same page in the chosen language."""
    language = request.POST.get("language", "")
    if language not in _LANGUAGES:
        raise Missing()
    if request.actor.signed_in:
        choose_language(actor=request.actor, language=language)
    response = SeeOther(safe_path(request.POST.get("next")))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=_YEAR,
        path="/",
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
