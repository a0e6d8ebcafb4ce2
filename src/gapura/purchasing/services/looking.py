"""Looking at an order and its papers; the looks of those who are no party to it are recorded.

Unit and company work with their own order's papers day by day: an entry for each would bury the
looks that matter, and their signatures and steps tell already who had the paper in hand. Whoever
reads it from outside - the auditor, those who answer for the budget, the helpdesk, the platform -
leaves one entry for each paper opened.
"""

from uuid import UUID

from django.db import transaction

from gapura.documents.queries import Download, original_bytes
from gapura.kernel.actor import Actor
from gapura.purchasing import events
from gapura.purchasing.errors import NoSuchOrder
from gapura.purchasing.models import Order, OrderDocument, Payment
from gapura.purchasing.queries.facts import visible
from gapura.purchasing.queries.orders import order_for
from gapura.purchasing.queries.views import OrderView
from gapura.purchasing.rules import AUDITOR, PARTIES
from gapura.purchasing.services.steps import write_down


def look_at(*, actor: Actor, order: UUID) -> OrderView:
    """One order in full; when an auditor looks, it is recorded.

    :raises NoSuchOrder: not there, or not for this actor to know of.
    """
    view = order_for(actor, order)
    if actor.role == AUDITOR:
        with transaction.atomic():
            write_down(actor, visible(actor, order), events.LOOKED_AT, {})
    return view


def open_document(*, actor: Actor, order: UUID, document: UUID) -> Download:
    """A paper of the order by the id in its view; one entry each time a non-party opens it.

    :raises NoSuchOrder: no such order or paper, or not for this actor to know of.
    """
    with transaction.atomic():
        row = visible(actor, order)
        paper = OrderDocument.objects.filter(pk=document, order=row).first()
        if paper is None:
            raise NoSuchOrder()
        _note(actor, row, paper.kind, paper.version)
        return original_bytes(paper.document_id)


def open_evidence(*, actor: Actor, order: UUID) -> Download:
    """The proof of the payment; one entry each time a non-party opens it.

    :raises NoSuchOrder: not there, not paid, or not for this actor to know of.
    """
    with transaction.atomic():
        row = visible(actor, order)
        payment = Payment.objects.filter(order=row).first()
        if payment is None:
            raise NoSuchOrder()
        _note(actor, row, "evidence", 1)
        return original_bytes(payment.evidence_id)


def _note(actor: Actor, row: Order, kind: str, version: int) -> None:
    if actor.role not in PARTIES:
        write_down(actor, row, events.DOCUMENT_OPENED, {"kind": kind, "version": version})
