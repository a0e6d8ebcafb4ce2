"""Whether a picture may be shown, and its bytes."""

from collections.abc import Callable
from uuid import UUID

from gapura.catalog.errors import NoSuchPicture
from gapura.catalog.models import Picture
from gapura.catalog.permissions import Can
from gapura.catalog.queries.views import Seen, SeenVersion
from gapura.documents.queries import Download, original_bytes, preview
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.prepared import Prepared

_SHOWN = Prepared(
    lambda document: (
        Picture.objects.filter(document=document)
        .values_list(
            "version__product__company_id", "version__product__state", "version__state", "version"
        )
        .distinct()
    ),
    UUID(int=1),
)
# What the public eye may see of a version; older ones stand behind orders.
_PUBLIC = frozenset({"published", "superseded"})


def nowhere(version: UUID) -> bool:
    """The version stands in no order that is known here."""
    return False


def picture(
    actor: Actor, document: UUID, *, small: bool, ordered: Callable[[UUID], bool] = nowhere
) -> Download:
    """The bytes of a product's picture (WebP): at most 2048 px, or 320 px when `small`.

    A picture that a document shares with a product the actor may see is shown. So is that of a
    version in an order that the actor may see, as `ordered` says of its id (`version_for`).

    :raises NoSuchPicture: when it belongs to no version that the actor may see.
    """
    rows = _SHOWN.rows(document)
    if not any(_may_see(actor, *row[:3]) for row in rows) and not any(
        _was_ordered(actor, ordered, *row) for row in rows
    ):
        raise NoSuchPicture()
    return preview(document, 1) if small else original_bytes(document)


def _may_see(actor: Actor, company: str, state: str, version_state: str) -> bool:
    seen = Seen(company, state)
    if version_state in _PUBLIC:
        return may(actor, Can.SEE, seen)
    own = actor.grant is not None and actor.grant.company == company
    return may(actor, Can.SEE, seen) and (own or may(actor, Can.REVIEW, seen))


def _was_ordered(
    actor: Actor,
    ordered: Callable[[UUID], bool],
    company: str,
    _state: str,
    version_state: str,
    version: UUID,
) -> bool:
    seen = SeenVersion(company, version_state, ordered(version))
    return version_state in _PUBLIC and may(actor, Can.SEE_VERSION, seen)
