"""The way to sign in for somebody whose session has ended: what was typed is kept on the way."""

from django.conf import settings
from django.http import HttpResponse

from gapura.authentication.services import Typed, keep_form
from gapura.web.shell.requests import LOGIN, Request, page_behind, send_to


def send_to_login(request: Request) -> HttpResponse:
    """Send the browser to sign in, with the way back.

    A form comes here after its token was checked (CSRF), so no other site can have anything kept.
    """
    token = request.COOKIES.get(settings.SESSION_COOKIE, "")
    if request.method == "POST" and token and request.session_view is None:
        keep_form(actor=request.actor, token=token, typed=_typed(request))
    return send_to(request, LOGIN)


def _typed(request: Request) -> Typed:
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    files = tuple(file.name or "" for name in request.FILES for file in request.FILES.getlist(name))
    return Typed(request.get_full_path(), page_behind(request), fields, files)
