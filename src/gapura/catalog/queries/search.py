"""The list of what is in the catalog: full text, filters, counts by category."""

from decimal import Decimal
from typing import Any

from gapura.catalog.permissions import Can
from gapura.catalog.queries.cards import HAS_LABEL, TABLES, always, card, columns, fetch
from gapura.catalog.queries.facets import counted_lines, facets_of
from gapura.catalog.queries.views import ProductPage, Search
from gapura.catalog.rules import MOST_RUPIAH
from gapura.catalog.search_words import searched_words
from gapura.catalog.words import LABELS
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

PAGE = 24
# Nobody turns further, and far pages are dear.
LAST_PAGE = 1000
SORTS = {
    "rank": "ts_rank(p.search, {query}) DESC, p.id DESC",
    "newest": "p.listed_at DESC, p.id DESC",
    "cheap": "p.price, p.id",
    "dear": "p.price DESC, p.id",
    "name": "lower(p.name), p.id",
}

# What the conditions look at; the cards' other tables are joined for one page only.
_SEARCHED = "FROM catalog_product p"
_LABELED = """
    JOIN organizations_company c ON c.code = p.company_id
    JOIN catalog_productversion v ON v.id = p.current_id
"""


def products_for(actor: Actor, search: Search) -> ProductPage:
    """What is in the catalog (listed and frozen), 24 a page. Two queries.

    Every word must be in name, brand, properties, category, company or description, as its
    Indonesian stem or as the beginning of a word. Unknown labels and categories find nothing.

    :raises Refused: without any role.
    """
    require(actor, Can.LIST)
    where, values = _conditions(search)
    tables = _SEARCHED + (_LABELED if search.labels else "")
    lines = counted_lines(f"SELECT p.category_id, count(*) {tables} WHERE {where}", values)
    inside = [line for line in lines if not search.category or line.holds(search.category)]
    total = sum(line.products for line in inside)
    first = (min(max(search.page, 1), LAST_PAGE) - 1) * PAGE
    facets = facets_of(lines)
    if first >= total:
        return ProductPage((), total, facets)
    values |= {"wanted": [line.leaf for line in inside], "first": first}
    narrowed = "AND p.category_id = ANY(%(wanted)s)" if search.category else ""
    order = _order(search)
    sql = f"""{columns()} {TABLES} WHERE p.id IN (
            SELECT p.id {tables} WHERE {where} {narrowed}
            ORDER BY {order} LIMIT {PAGE} OFFSET %(first)s)
        ORDER BY {order}"""
    return ProductPage(tuple(card(row) for row in fetch(sql, values)), total, facets)


def _conditions(search: Search) -> tuple[str, dict[str, Any]]:
    """Everything but the category: the counts tell what other categories would hold."""
    values = always()
    found = ["p.state IN ('listed', 'frozen')"]
    for at, word in enumerate(searched_words(search.text)):
        values[f"word{at}"] = f"{word}:*"
    if query := _query(search):
        found.append(f"p.search @@ ({query})")
    for name, sign in (("price_from", ">="), ("price_to", "<=")):
        if (limit := getattr(search, name)) is not None:
            found.append(f"p.price {sign} %({name})s")
            values[name] = _bounded(limit)
    for at, label in enumerate(search.labels[: len(LABELS)]):
        values[f"label{at}"] = label
        found.append(_label_condition(label, f"%(label{at})s"))
    if search.company:
        found.append("p.company_id = %(company)s")
        values["company"] = search.company
    return " AND ".join(found), values


def _label_condition(label: str, place: str) -> str:
    if label == "umk":
        return "c.scale = ANY(%(small)s)"
    return f"""EXISTS (SELECT 1 FROM catalog_claim k
        WHERE k.product_id = p.id AND k.kind = {place} AND {HAS_LABEL})"""  # noqa: S608 - only texts of this module


def _bounded(limit: Decimal) -> Decimal:
    """1e30 is no price, but no error either: nothing is dearer than the most."""
    return min(max(limit, Decimal(0)), MOST_RUPIAH) if limit.is_finite() else MOST_RUPIAH


def _query(search: Search) -> str:
    """Every word as its stem or as a beginning."""
    words = searched_words(search.text)
    return " && ".join(
        f"(to_tsquery('indonesian', %(word{at})s) || to_tsquery('simple', %(word{at})s))"
        for at in range(len(words))
    )


def _order(search: Search) -> str:
    query = _query(search)
    sort = search.sort if search.sort in SORTS else "rank"
    if sort == "rank" and not query:
        sort = "newest"
    return SORTS[sort].format(query=f"({query})")
