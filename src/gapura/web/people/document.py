"""The pictures of an identity document's pages: pixels only, kept by no browser."""

from uuid import UUID

from django.http import HttpResponse

from gapura.accounts.services import open_document_page
from gapura.web.shell.requests import Request

_HEADERS = {
    # Should a browser show the picture alone, it runs and loads nothing.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def page(request: Request, identity_id: UUID, number: int) -> HttpResponse:
    """The picture of one page."""
    found = open_document_page(actor=request.actor, case_id=identity_id, number=number)
    return HttpResponse(found.content, content_type=found.media_type, headers=_HEADERS)
