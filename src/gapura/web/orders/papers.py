"""The papers of an order as downloads; each opening is recorded."""

from uuid import UUID

from django.http import HttpResponse

from gapura.purchasing.services import open_document, open_evidence
from gapura.web.shell.downloads import saved
from gapura.web.shell.requests import Request


def file(request: Request, order_id: UUID, paper_id: UUID) -> HttpResponse:
    """The PDF as it was signed, byte by byte."""
    return saved(open_document(actor=request.actor, order=order_id, document=paper_id))


def evidence(request: Request, order_id: UUID) -> HttpResponse:
    """The paper that proves the payment, as it was handed in."""
    return saved(open_evidence(actor=request.actor, order=order_id))
