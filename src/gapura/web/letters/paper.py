"""The scan of a letter: pictures of its pages, and the file itself for saving only."""

from uuid import UUID

from django.http import HttpResponse

from gapura.organizations.services import open_letter_file, open_letter_page
from gapura.web.shell.downloads import saved, shown
from gapura.web.shell.requests import Request


def page(request: Request, letter_id: UUID, number: int) -> HttpResponse:
    """The picture of one page."""
    return shown(open_letter_page(actor=request.actor, letter_id=letter_id, number=number))


def file(request: Request, letter_id: UUID) -> HttpResponse:
    """The file as it was handed in, as a download."""
    return saved(open_letter_file(actor=request.actor, letter_id=letter_id))
