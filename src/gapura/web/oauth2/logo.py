"""/oauth2/logo/<id>: the picture of an application on the page that asks for it."""

from uuid import UUID

from django.http import HttpResponse

from gapura.sso.queries import logo_of
from gapura.web.shell.downloads import shown
from gapura.web.shell.requests import Request


def show(request: Request, app_id: UUID) -> HttpResponse:
    """The picture as it was checked and made anew when it came in."""
    return shown(logo_of(app_id), kept=True)
