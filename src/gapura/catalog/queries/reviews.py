"""What waits for the curators, and a new version beside the one in the catalog."""

from uuid import UUID

from gapura.catalog.errors import NoSuchProduct
from gapura.catalog.permissions import Can
from gapura.catalog.queries.buying import price_reference
from gapura.catalog.queries.cards import CARD_COLUMNS, TABLES, always, card, columns, fetch
from gapura.catalog.queries.products import product_for
from gapura.catalog.queries.review_views import Difference, QueueRow, ReviewQueue, ReviewView
from gapura.catalog.queries.views import Seen, VersionView
from gapura.catalog.rules import CURATORS
from gapura.catalog.states import IN_REVIEW
from gapura.catalog.words import ORIGINS, TAX_CLASSES, UNITS
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.texts import N_, said

_PAGE = 24
_LAST_PAGE = 1000
_MORE = """,
    n.id, n.number, n.name, p.current_id IS NOT NULL, n.submitted_at,
    (SELECT i.document_id FROM catalog_picture i
     WHERE i.version_id = n.id ORDER BY i.position LIMIT 1)
"""
_WAITING = """
    JOIN catalog_productversion n ON n.id = p.pending_id AND n.state = 'in_review'
    WHERE p.company_id <> ALL(%(own)s)
"""
_COUNTS = """
    SELECT (SELECT count(*) FROM catalog_product p
            JOIN catalog_productversion n ON n.id = p.pending_id AND n.state = 'in_review'
            WHERE p.company_id <> ALL(%(own)s)),
           (SELECT count(*) FROM catalog_claim k JOIN catalog_product p ON p.id = k.product_id
            WHERE k.state = 'claimed' AND p.state <> ALL(%(closed)s)
            AND p.company_id <> ALL(%(own)s))
"""
_CLAIMED = """
    WHERE p.company_id <> ALL(%(own)s) AND p.state <> ALL(%(closed)s) AND EXISTS (
        SELECT 1 FROM catalog_claim k WHERE k.product_id = p.id AND k.state = 'claimed')
    ORDER BY p.id LIMIT 100
"""
# Drafts are not the curators' business yet, what is taken down is not any more.
_CLOSED = ["draft", "taken_down"]
_FIELDS: tuple[tuple[str, str], ...] = (
    ("name", N_("Name of the product")),
    ("category_name", N_("Category")),
    ("description", N_("Description")),
    ("brand", N_("Brand")),
)
_CODED = (
    ("unit", N_("Unit of measure"), UNITS),
    ("tax_class", N_("Tax"), TAX_CLASSES),
    ("origin", N_("Origin"), ORIGINS),
)
_PICTURES = N_("Pictures")


def _values(actor: Actor) -> dict[str, object]:
    own = sorted({grant.company for grant in actor.grants if grant.company})
    return always() | {"own": own, "closed": _CLOSED}


def review_queue(actor: Actor, page: int = 1) -> ReviewQueue:
    """Versions in review, oldest first, 24 a page; none of companies of the curator's own.

    Three queries.

    :raises Refused: for anyone but curators.
    """
    require(actor, Can.SEE_QUEUE)
    values = _values(actor)
    ((total, _claims),) = fetch(_COUNTS, values)
    values["first"] = (min(max(page, 1), _LAST_PAGE) - 1) * _PAGE
    sql = f"""{columns()}{_MORE}{TABLES}{_WAITING}
        ORDER BY n.submitted_at, n.id LIMIT {_PAGE} OFFSET %(first)s"""
    rows = []
    for row in fetch(sql, values):
        version, number, name, update, submitted_at, picture = row[CARD_COLUMNS:]
        rows.append(
            QueueRow(card(row[:CARD_COLUMNS]), version, number, name, picture, update, submitted_at)
        )
    claimed = fetch(f"{columns()}{TABLES}{_CLAIMED}", values)
    return ReviewQueue(tuple(rows), total, tuple(card(row) for row in claimed))


def waiting(actor: Actor) -> int:
    """Versions and labels that wait for the curator, for the home page; 0 for others. One query."""
    if actor.role not in CURATORS:
        return 0
    ((products, claims),) = fetch(_COUNTS, _values(actor))
    return int(products) + int(claims)


def review_of(actor: Actor, product: UUID) -> ReviewView:
    """The version in review beside the published one, and what differs.

    :raises NoSuchProduct: when nothing of it is in review, or the curator cannot see it.
    :raises Refused: for anyone but curators, and for a company of the curator's own.
    """
    detail = product_for(actor, product)
    require(actor, Can.REVIEW, Seen(detail.company, detail.state))
    new = detail.pending
    if new is None or new.state != IN_REVIEW:
        raise NoSuchProduct()
    old = detail.version if detail.version.id != new.id else None
    return ReviewView(detail, old, new, differences(old, new), price_reference(product))


def differences(old: VersionView | None, new: VersionView) -> tuple[Difference, ...]:
    """The fields that `new` changes; none for a product's first version."""
    if old is None:
        return ()
    pairs = [
        Difference(name, said(label), getattr(old, name), getattr(new, name))
        for name, label in _FIELDS
    ]
    pairs += [
        Difference(name, said(label), *(said(words[getattr(v, name)]) for v in (old, new)))
        for name, label, words in _CODED
    ]
    pairs += _attribute_pairs(old, new)
    before, after = ([one.document for one in version.pictures] for version in (old, new))
    if before != after:
        pairs.append(Difference("pictures", said(_PICTURES), str(len(before)), str(len(after))))
    return tuple(one for one in pairs if one.old != one.new or one.field == "pictures")


def _attribute_pairs(old: VersionView, new: VersionView) -> list[Difference]:
    before = {one.code: one for one in old.attributes}
    after = {one.code: one for one in new.attributes}
    found = []
    for code in dict.fromkeys([*after, *before]):
        label = (after.get(code) or before[code]).label
        values = [
            f"{one.value} {one.unit}".strip() if one else ""
            for one in (before.get(code), after.get(code))
        ]
        found.append(Difference(f"attribute.{code}", label, *values))
    return found
