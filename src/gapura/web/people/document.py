"""The pictures of an identity document's pages: pixels only, kept by no browser."""

from uuid import UUID

from django.http import HttpResponse

from gapura.accounts.services import open_document_page
from gapura.web.shell.downloads import shown
from gapura.web.shell.requests import Request


def page(request: Request, identity_id: UUID, number: int) -> HttpResponse:
    """The picture of one page."""
    return shown(open_document_page(actor=request.actor, case_id=identity_id, number=number))
