"""The letter of a request: pictures of its pages, and the file itself for saving only."""

from uuid import UUID

from django.http import HttpResponse

from gapura.access.services import open_letter, open_page
from gapura.web.shell.downloads import saved, shown
from gapura.web.shell.requests import Request


def page(request: Request, request_id: UUID, number: int) -> HttpResponse:
    """The picture of one page."""
    return shown(open_page(actor=request.actor, request_id=request_id, number=number))


def file(request: Request, request_id: UUID) -> HttpResponse:
    """The file as it was handed in, as a download."""
    return saved(open_letter(actor=request.actor, request_id=request_id))
