"""What is recorded about products, their prices, stock and labels."""

from gapura.audit.events import Event, Readers
from gapura.catalog.words import CLAIM_REASONS, FREEZE_REASONS, LABELS, REJECT_REASONS
from gapura.kernel.texts import N_

DRAFTED = Event(
    "catalog.product.drafted",
    N_("%(actor)s drafted the product %(name)s"),
    needs=("name", "category", "price"),
    money=("price",),
    readers=Readers.PERSON,
)
SAVED = Event(
    "catalog.product.saved",
    N_("%(actor)s changed version %(number)s of the product %(name)s"),
    needs=("name", "number"),
    readers=Readers.PERSON,
)
SUBMITTED = Event(
    "catalog.product.submitted",
    N_("%(actor)s submitted version %(number)s of the product %(name)s for review"),
    needs=("name", "number", "hash"),
    readers=Readers.PERSON,
)
RESUBMITTED = Event(
    "catalog.product.resubmitted",
    N_("%(actor)s submitted the corrected version %(number)s of the product %(name)s"),
    needs=("name", "number", "hash"),
    readers=Readers.PERSON,
)
APPROVED = Event(
    "catalog.product.approved",
    N_("%(actor)s put version %(number)s of the product %(name)s into the catalog"),
    needs=("name", "number", "hash"),
    readers=Readers.PERSON,
)
REJECTED = Event(
    "catalog.product.rejected",
    N_("%(actor)s sent version %(number)s of the product %(name)s back: %(reason)s"),
    needs=("name", "number", "reason"),
    personal=("note",),
    readers=Readers.PERSON,
    words={"reason": REJECT_REASONS},
)
WITHDRAWN = Event(
    "catalog.product.withdrawn",
    N_("%(actor)s took the product %(name)s out of the catalog"),
    needs=("name",),
    readers=Readers.PERSON,
)
RELISTED = Event(
    "catalog.product.relisted",
    N_("%(actor)s asked for the product %(name)s to come back into the catalog"),
    needs=("name", "number", "hash"),
    readers=Readers.PERSON,
)
FROZEN = Event(
    "catalog.product.frozen",
    N_("%(actor)s froze the product %(name)s: %(reason)s"),
    needs=("name", "reason"),
    personal=("note",),
    readers=Readers.PERSON,
    words={"reason": FREEZE_REASONS},
)
UNFROZEN = Event(
    "catalog.product.unfrozen",
    N_("%(actor)s lets the product %(name)s be ordered again"),
    needs=("name",),
    personal=("note",),
    readers=Readers.PERSON,
)
TAKEN_DOWN = Event(
    "catalog.product.taken_down",
    N_("%(actor)s took the product %(name)s down for good: %(reason)s"),
    needs=("name", "reason"),
    personal=("note",),
    readers=Readers.PERSON,
    words={"reason": FREEZE_REASONS},
)
PICTURE_ADDED = Event(
    "catalog.picture.added",
    N_("%(actor)s added a picture to the product %(name)s"),
    needs=("name", "document"),
    readers=Readers.PERSON,
)
PICTURE_REMOVED = Event(
    "catalog.picture.removed",
    N_("%(actor)s took a picture off the product %(name)s"),
    needs=("name", "document"),
    readers=Readers.PERSON,
)
PRICE_SET = Event(
    "catalog.price.set",
    N_("%(actor)s changed the price of the product %(name)s from %(previous)s to %(price)s"),
    needs=("name", "price", "previous"),
    money=("price", "previous"),
    readers=Readers.PERSON,
)
STOCK_SET = Event(
    "catalog.stock.set",
    N_("%(actor)s changed the stock of the product %(name)s from %(previous)s to %(quantity)s"),
    needs=("name", "quantity", "previous"),
    readers=Readers.PERSON,
)
CLAIM_MADE = Event(
    "catalog.claim.made",
    N_("%(actor)s claimed the label %(label)s for the product %(name)s"),
    needs=("name", "label"),
    optional=("value", "valid_to"),
    readers=Readers.PERSON,
    words={"label": LABELS},
)
CLAIM_VERIFIED = Event(
    "catalog.claim.verified",
    N_("%(actor)s verified the label %(label)s of the product %(name)s"),
    needs=("name", "label"),
    readers=Readers.PERSON,
    words={"label": LABELS},
)
CLAIM_REJECTED = Event(
    "catalog.claim.rejected",
    N_("%(actor)s did not confirm the label %(label)s of the product %(name)s: %(reason)s"),
    needs=("name", "label", "reason"),
    personal=("note",),
    readers=Readers.PERSON,
    words={"label": LABELS, "reason": CLAIM_REASONS},
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
    N_("%(actor)s loaded %(count)s categories into the catalog"),
    needs=("count",),
    readers=Readers.PLATFORM,
)
PRODUCTS_LOADED = Event(
    "catalog.product.loaded",
    N_("%(actor)s loaded the product %(name)s into the catalog"),
    needs=("name", "company", "price", "state"),
    money=("price",),
    readers=Readers.PLATFORM,
)
