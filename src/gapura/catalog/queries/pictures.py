"""Whether a picture may be shown, and its bytes."""

from uuid import UUID

from gapura.catalog.errors import NoSuchPicture
from gapura.catalog.models import Picture
from gapura.catalog.permissions import Can
from gapura.catalog.queries.views import Seen
from gapura.documents.queries import Download, original_bytes, preview
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.prepared import Prepared

_SHOWN = Prepared(
    lambda document: (
        Picture.objects.filter(document=document)
        .values_list("version__product__company_id", "version__product__state", "version__state")
        .distinct()
    ),
    UUID(int=1),
)
# What the public eye may see of a version; older ones stand behind orders.
_PUBLIC = frozenset({"published", "superseded"})


def picture(actor: Actor, document: UUID, *, small: bool) -> Download:
    """The bytes of a product's picture (WebP): at most 2048 px, or 320 px when `small`.

    A picture that a document shares with a product the actor may see is shown.

    :raises NoSuchPicture: when it belongs to no version that the actor may see.
    """
    if not any(_may_see(actor, *row) for row in _SHOWN.rows(document)):
        raise NoSuchPicture()
    return preview(document, 1) if small else original_bytes(document)


def _may_see(actor: Actor, company: str, state: str, version_state: str) -> bool:
    seen = Seen(company, state)
    if version_state in _PUBLIC:
        return may(actor, Can.SEE, seen)
    own = actor.grant is not None and actor.grant.company == company
    return may(actor, Can.SEE, seen) and (own or may(actor, Can.REVIEW, seen))
