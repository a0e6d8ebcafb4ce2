"""/register/password-check: how good the password is, while it is being typed."""

from django.http import HttpResponse

from gapura.authentication.queries import PasswordContext
from gapura.web.shell.passwords import strength
from gapura.web.shell.requests import Request

_LOOKED_AT = 300


def check(request: Request) -> HttpResponse:
    """A fragment; nothing of what was sent is kept."""
    names = {"name": "name", "username": "username", "email": "email", "agency": "agency_text"}
    known = {to: request.POST.get(field, "")[:_LOOKED_AT] for to, field in names.items()}
    return strength(request, request.POST.get("password", ""), PasswordContext(**known))
