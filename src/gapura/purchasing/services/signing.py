"""Keeping an order's papers, and one side's signature: a confirmation bound to their SHA-256."""

from gapura.authentication.services import Deed, use_deed
from gapura.documents.services import Made, keep_made
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.purchasing.errors import NothingToSign
from gapura.purchasing.models import Order, OrderDocument, Signature
from gapura.purchasing.services.steps import grant_of, side_of


def keep(
    actor: Actor, row: Order, kind: str, version: int, made: Made, own_number: str = ""
) -> OrderDocument:
    """Keep a paper that was made for an order, in the caller's transaction."""
    name = f"{row.reference}-{kind}-{version}.pdf"
    return OrderDocument.objects.create(
        order=row,
        kind=kind,
        version=version,
        document_id=keep_made(actor=actor, name=name, made=made),
        sha256=made.sha256,
        own_number=own_number,
        made_at=clock.now(),
    )


def latest(row: Order, kind: str) -> OrderDocument:
    """The newest paper of a kind.

    :raises NothingToSign: there is none yet.
    """
    found = OrderDocument.objects.filter(order=row, kind=kind).order_by("-version").first()
    if found is None:
        raise NothingToSign()
    return found


def next_version(row: Order, kind: str) -> int:
    """The number of the next paper of a kind; an order that came back has a letter already."""
    return 1 + OrderDocument.objects.filter(order=row, kind=kind).count()


def sign_paper(actor: Actor, paper: OrderDocument, deed: Deed, name: str) -> dict[str, str]:
    """Put the actor's signature under a paper; answers its digest and method for the record.

    `name` is the deed that was confirmed, for example `purchasing.order.sign`.

    :raises DeedMismatch: confirmed for another document, deed, person or browser.
    :raises DeedUsed, DeedOver: a form sent twice, or more than five minutes later.
    """
    proof = use_deed(actor=actor, deed_id=deed.id, digest=paper.sha256, deed=name)
    grant = grant_of(actor)
    Signature.objects.create(
        document=paper,
        side=side_of(actor),
        person_id=actor.who,
        grant=grant.id,
        role=grant.role,
        deed=proof.id,
        method=proof.method,
        digest=paper.sha256,
        signed_at=proof.confirmed_at,
    )
    return {"digest": paper.sha256, "method": proof.method}
