"""What somebody of a company began to write and did not send in, for whoever goes on with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.catalog.models import ProductVersion
from gapura.catalog.permissions import Can
from gapura.catalog.states import DRAFT
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_MOST = 50


@dataclass(frozen=True, slots=True)
class Begun:
    """A version that is still a draft."""

    product: UUID
    name: str
    created_at: datetime


def begun_by(actor: Actor, person: UUID) -> tuple[Begun, ...]:
    """Drafts of the actor's company that this person began, newest first; at most 50. One query.

    :raises Refused: for anyone who sells for no company.
    """
    require(actor, Can.LIST_OWN)
    company = actor.grant.company if actor.grant else ""
    rows = ProductVersion.objects.filter(
        product__company=company, created_by=person, state=DRAFT
    ).order_by("-created_at", "-id")
    return tuple(Begun(*row) for row in rows.values_list("product", "name", "created_at")[:_MOST])
