"""A company's own products, by state."""

from gapura.catalog.permissions import Can
from gapura.catalog.queries.cards import CARD_COLUMNS, TABLES, always, card, columns, fetch
from gapura.catalog.queries.own_views import OwnPage, OwnRow
from gapura.catalog.words import STATES
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_PAGE = 24
_LAST_PAGE = 1000
# For a product sent back the reason stands in its version, for a frozen one in the product.
_MORE = """,
    CASE WHEN p.current_id IS NULL THEN '' ELSE coalesce(n.state, '') END,
    CASE WHEN p.state_reason <> '' THEN p.state_reason ELSE coalesce(n.reason, '') END,
    CASE WHEN p.state_reason <> '' THEN p.state_note ELSE coalesce(n.note, '') END,
    coalesce(n.created_at, p.state_at, p.drafted_at)
"""
_PENDING = "LEFT JOIN catalog_productversion n ON n.id = p.pending_id"
_COUNTS = """
    SELECT state, count(*) FROM catalog_product WHERE company_id = %(company)s GROUP BY 1
"""


def own_products(actor: Actor, state: str = "", page: int = 1) -> OwnPage:
    """The products of the actor's company, changed last first; 24 a page. `state` "" for all.

    Two queries.

    :raises Refused: for anyone who sells for no company.
    """
    counts = own_counts(actor)
    values = always() | {"company": actor.grant.company if actor.grant else ""}
    asked = [state] if state in STATES else list(STATES)
    total = sum(counts.get(one, 0) for one in asked)
    first = (min(max(page, 1), _LAST_PAGE) - 1) * _PAGE
    values |= {"states": asked, "first": first}
    sql = f"""{columns()}{_MORE}{TABLES}{_PENDING}
        WHERE p.company_id = %(company)s AND p.state = ANY(%(states)s)
        ORDER BY greatest(p.state_at, n.created_at, p.drafted_at) DESC, p.id DESC
        LIMIT {_PAGE} OFFSET %(first)s"""
    found = fetch(sql, values) if first < total else []
    rows = tuple(OwnRow(card(row[:CARD_COLUMNS]), *row[CARD_COLUMNS:]) for row in found)
    return OwnPage(rows, total, {one: counts.get(one, 0) for one in STATES})


def own_counts(actor: Actor) -> dict[str, int]:
    """How many products the actor's company has in each state. One query.

    :raises Refused: for anyone who sells for no company.
    """
    require(actor, Can.LIST_OWN)
    return dict(fetch(_COUNTS, {"company": actor.grant.company if actor.grant else ""}))
