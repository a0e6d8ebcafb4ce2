"""One label with its product, and the certificate it rests on."""

from uuid import UUID

from gapura.catalog.errors import NoSuchClaim
from gapura.catalog.models import Claim
from gapura.catalog.permissions import Can
from gapura.catalog.queries.products import product_for
from gapura.catalog.queries.review_views import ClaimDetail
from gapura.catalog.queries.views import Seen
from gapura.documents.queries import Download, original_bytes
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require


def claim_for(actor: Actor, claim: UUID) -> ClaimDetail:
    """A label as a curator decides about it.

    :raises NoSuchClaim: not there, or not for curators of another company.
    :raises NoSuchProduct: the actor cannot see its product.
    :raises Refused: for anyone but curators, and for a company of the curator's own.
    """
    found = _found(actor, claim)
    card = found.product.card
    require(actor, Can.REVIEW, Seen(card.company, card.state))
    return found


def claim_evidence(actor: Actor, claim: UUID) -> Download:
    """The certificate, for curators and for the company that handed it in.

    :raises NoSuchClaim: not there, without a certificate, or not for this actor.
    :raises NoSuchProduct: the actor cannot see its product.
    """
    found = _found(actor, claim)
    card = found.product.card
    seen = Seen(card.company, card.state)
    allowed = may(actor, Can.REVIEW, seen) or may(actor, Can.CLAIM, seen)
    if found.claim.evidence is None or not allowed:
        raise NoSuchClaim()
    return original_bytes(found.claim.evidence)


def _found(actor: Actor, claim: UUID) -> ClaimDetail:
    product = Claim.objects.filter(pk=claim).values_list("product_id", flat=True).first()
    if product is None:
        raise NoSuchClaim()
    detail = product_for(actor, product)
    for each in detail.claims:
        if each.id == claim:
            return ClaimDetail(detail, each)
    raise NoSuchClaim()
