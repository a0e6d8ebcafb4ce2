"""The scan of a letter: pictures of its pages, and the file itself for saving only."""

from uuid import UUID

from django.http import HttpResponse

from gapura.documents.queries import disposition
from gapura.organizations.services import open_letter_file, open_letter_page
from gapura.web.shell.requests import Request

# Should a browser show the file all the same, it runs and loads nothing.
_SANDBOX = "default-src 'none'; sandbox"


def page(request: Request, letter_id: UUID, number: int) -> HttpResponse:
    """The picture of one page: pixels only."""
    found = open_letter_page(actor=request.actor, letter_id=letter_id, number=number)
    return HttpResponse(found.content, content_type=found.media_type, headers=_headers())


def file(request: Request, letter_id: UUID) -> HttpResponse:
    """The file as it was handed in, as a download."""
    found = open_letter_file(actor=request.actor, letter_id=letter_id)
    headers = _headers() | {"Content-Disposition": disposition(found.name)}
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)


def _headers() -> dict[str, str]:
    return {
        "Content-Security-Policy": _SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
