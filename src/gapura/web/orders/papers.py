"""The papers of an order as downloads; each opening is recorded."""

from uuid import UUID

from django.http import HttpResponse

from gapura.documents.queries import Download, disposition
from gapura.purchasing.services import open_document, open_evidence
from gapura.web.shell.requests import Request

# Should a browser show the file all the same, it runs and loads nothing.
_SANDBOX = "default-src 'none'; sandbox"


def file(request: Request, order_id: UUID, paper_id: UUID) -> HttpResponse:
    """The PDF as it was signed, byte by byte."""
    return _download(open_document(actor=request.actor, order=order_id, document=paper_id))


def evidence(request: Request, order_id: UUID) -> HttpResponse:
    """The paper that proves the payment, as it was handed in."""
    return _download(open_evidence(actor=request.actor, order=order_id))


def _download(found: Download) -> HttpResponse:
    headers = {
        "Content-Disposition": disposition(found.name),
        "Content-Security-Policy": _SANDBOX,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
    return HttpResponse(found.content, content_type=found.media_type, headers=headers)
