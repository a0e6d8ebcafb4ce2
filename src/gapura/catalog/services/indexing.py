"""Keeps what full text search looks in: weights A name, B brand and attributes, C the rest."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from gapura.catalog.attributes import read_schema
from gapura.catalog.models import Product
from gapura.catalog.search_words import words_of

_SQL = """
    UPDATE catalog_product p SET search =
        setweight(to_tsvector('indonesian', t.a) || to_tsvector('simple', t.a), 'A')
        || setweight(to_tsvector('indonesian', t.b) || to_tsvector('simple', t.b), 'B')
        || setweight(to_tsvector('indonesian', t.c) || to_tsvector('simple', t.c), 'C')
    FROM unnest(%s::uuid[], %s::text[], %s::text[], %s::text[]) AS t (id, a, b, c)
    WHERE p.id = t.id
"""


def index(products: Sequence[UUID]) -> None:
    """Write the search column of products from their versions in the catalog. Two statements."""
    rows = Product.objects.filter(pk__in=products, current__isnull=False)
    rows = rows.select_related("current__category", "company")
    texts = [_texts(row) for row in rows]
    if texts:
        with connection.cursor() as cursor:
            cursor.execute(_SQL, [list(column) for column in zip(*texts, strict=True)])


def _texts(row: Product) -> tuple[UUID, str, str, str]:
    version = row.current
    assert version is not None  # noqa: S101 - asked for in the query
    labels: list[str] = [version.brand]
    for attribute in read_schema(version.category.schema):
        value = version.attributes.get(attribute.code)
        if isinstance(value, str):
            named = [o for o in attribute.options if o.code == value]
            labels += [f"{o.label_id} {o.label_en}" for o in named] or [f"{value}{attribute.unit}"]
    category = version.category
    rest = (category.name_id, category.name_en, row.company.name, version.description)
    return row.id, words_of(version.name), words_of(" ".join(labels)), words_of(" ".join(rest))
