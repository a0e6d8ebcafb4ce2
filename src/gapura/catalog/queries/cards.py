"""The one statement by which products are read for lists, and the cards made of its rows."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from gapura.catalog.queries.categories import name_column
from gapura.catalog.queries.views import ProductCard
from gapura.catalog.rules import DOMESTIC, SMALL_SCALES
from gapura.kernel import clock

# The version buyers see; before the first approval the draft.
TABLES = """
    FROM catalog_product p
    JOIN catalog_category g ON g.code = p.category_id
    JOIN organizations_company c ON c.code = p.company_id
    JOIN catalog_productversion v ON v.id = coalesce(p.current_id, p.pending_id)
"""
# Verified, not past its last day, and not for imports where the label is for domestic goods.
HAS_LABEL = """
    k.state = 'verified' AND (k.valid_to IS NULL OR k.valid_to >= %(today)s)
    AND (v.origin = 'local' OR k.kind <> ALL(%(domestic)s))
"""
_COLUMNS = f"""
    SELECT p.id, p.name, p.price, p.category_id, g.{{name}}, p.company_id, c.name,
        (SELECT i.document_id FROM catalog_picture i
         WHERE i.version_id = v.id ORDER BY i.position LIMIT 1),
        ARRAY(SELECT DISTINCT k.kind FROM catalog_claim k
              WHERE k.product_id = p.id AND {HAS_LABEL} ORDER BY k.kind)::text[]
        || CASE WHEN c.scale = ANY(%(small)s) THEN ARRAY['umk'] ELSE ARRAY[]::text[] END,
        p.stock_available, v.unit, p.state
"""  # noqa: S608 - only texts of this module
CARD_COLUMNS = 12


def columns() -> str:
    """The SELECT of the cards' columns, names in the current language."""
    return _COLUMNS.format(name=name_column())


def always() -> dict[str, Any]:
    """The parameters that every list has."""
    return {
        "today": clock.today(),
        "domestic": sorted(DOMESTIC),
        "small": sorted(SMALL_SCALES),
    }


def fetch(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run a statement; answers all rows."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def card(row: Iterable[Any]) -> ProductCard:
    """A card of the statement's twelve columns."""
    id_, name, price, code, named, company, company_name, picture, labels, stock, unit, state = row
    return ProductCard(
        id=id_,
        name=name,
        price=price,
        category=code,
        category_name=named,
        company=company,
        company_name=company_name,
        picture=picture,
        labels=tuple(labels),
        stock=stock,
        unit=unit,
        state=state,
    )
