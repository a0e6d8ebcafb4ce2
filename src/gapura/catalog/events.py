"""What is recorded about products."""

from gapura.audit.events import Event, Readers
from gapura.kernel.texts import N_

UPLOADED = Event(
    "catalog.product.uploaded",
    N_("%(actor)s uploaded the product %(name)s"),
    needs=("name", "category", "price"),
    readers=Readers.PERSON,
)
PUBLISHED = Event(
    "catalog.product.published",
    N_("%(actor)s put the product %(name)s into the catalog"),
    needs=("name",),
    readers=Readers.PERSON,
)
CHOSEN = Event(
    "catalog.product.chosen",
    N_("%(actor)s chose the product %(name)s for %(place)s"),
    needs=("name", "place"),
)
DROPPED = Event(
    "catalog.product.dropped",
    N_("%(actor)s took the product %(name)s off the list of %(place)s"),
    needs=("name", "place"),
)
CATEGORIES_LOADED = Event(
    "catalog.category.loaded",
    N_("%(actor)s added %(count)s categories to the catalog"),
    needs=("count",),
    readers=Readers.PLATFORM,
)
