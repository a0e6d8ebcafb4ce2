"""Versions as they are read: attributes with their labels, pictures in their order."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils.translation import get_language

from gapura.catalog.attributes import Attribute, Value, read_schema
from gapura.catalog.errors import NoSuchProduct
from gapura.catalog.models import Picture, ProductVersion
from gapura.catalog.permissions import Can
from gapura.catalog.queries.categories import name_column
from gapura.catalog.queries.views import (
    AttributeShown,
    OldVersion,
    PictureView,
    Seen,
    SeenVersion,
    VersionView,
)
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may
from gapura.kernel.prepared import Prepared
from gapura.kernel.texts import N_, said

_NOBODY = UUID(int=0)
_YES, _NO = N_("Yes"), N_("No")
_COLUMNS = (
    "id",
    "product_id",
    "number",
    "state",
    "category_id",
    "category__name_id",
    "category__name_en",
    "category__schema",
    "name",
    "description",
    "attributes",
    "unit",
    "tax_class",
    "origin",
    "brand",
    "created_at",
    "submitted_at",
    "hash",
    "reason",
    "note",
)
_PLAIN = frozenset(_COLUMNS) & frozenset(VersionView.__slots__)
_TWO = Prepared(
    lambda one, other: ProductVersion.objects.filter(pk__in=[one, other]).values_list(*_COLUMNS),
    UUID(int=1),
    UUID(int=2),
)
_PICTURES = Prepared(
    lambda one, other: (
        Picture.objects.filter(version__in=[one, other])
        .order_by("position")
        .values_list("version_id", "document_id", "position")
    ),
    UUID(int=1),
    UUID(int=2),
)


def versions(one: UUID | None, other: UUID | None = None) -> dict[UUID, VersionView]:
    """Up to two versions by id, with their pictures. Two queries."""
    ids = (one or _NOBODY, other or UUID(int=1))
    pictures: dict[UUID, list[PictureView]] = {}
    for version_id, document, position in _PICTURES.rows(*ids):
        pictures.setdefault(version_id, []).append(PictureView(document, position))
    return {
        row[0]: _view(dict(zip(_COLUMNS, row, strict=True)), pictures.get(row[0], ()))
        for row in _TWO.rows(*ids)
    }


def version(version_id: UUID) -> VersionView:
    """One version by its id. The caller decides who may see it: an order keeps it for good.

    :raises NoSuchProduct: unknown id.
    """
    found = versions(version_id)
    if version_id not in found:
        raise NoSuchProduct()
    return found[version_id]


def version_for(
    actor: Actor, product: UUID, number: int, *, ordered: Callable[[UUID], bool]
) -> OldVersion:
    """One version of a product, also an older one or of a product that is gone.

    `ordered` says of a version's id whether it stands in an order that the actor may see: orders
    lie in a room above. It is asked only where nothing else lets the actor in.

    :raises NoSuchProduct: not there, or not for this actor to see.
    """
    rows = ProductVersion.objects.filter(product=product, number=number)
    columns = ("id", "state", "product__company_id", "product__company__name", "product__state")
    found = rows.values_list(*columns).first()
    if found is None:
        raise NoSuchProduct()
    key, state, company, name, product_state = found
    if not may(actor, Can.SEE_VERSION, SeenVersion(company, state, False)):
        seen = SeenVersion(company, state, ordered(key))
        if not may(actor, Can.SEE_VERSION, seen):
            raise NoSuchProduct()
    is_open = may(actor, Can.SEE, Seen(company, product_state))
    return OldVersion(version(key), company, name, product_state, is_open)


def is_open_to(actor: Actor, company: str, state: str) -> bool:
    """True when the page of a product of this company in this state opens for the actor."""
    return may(actor, Can.SEE, Seen(company, state))


def _view(row: Mapping[str, object], pictures: Iterable[PictureView]) -> VersionView:
    values = _loaded(row["attributes"])
    schema = read_schema(_loaded(row["category__schema"]))
    plain = {name: row[name] for name in _PLAIN - {"attributes"}}
    return VersionView(
        **plain,  # type: ignore[arg-type]
        product=row["product_id"],  # type: ignore[arg-type]
        category=str(row["category_id"]),
        category_name=str(row[f"category__{name_column()}"]),
        attributes=shown(schema, values),
        values=values,
        pictures=tuple(pictures),
    )


def _loaded(value: object) -> Any:
    """JSON that came past the ORM's converters is a text still."""
    return json.loads(value) if isinstance(value, str) else value


def shown(schema: Sequence[Attribute], values: Mapping[str, Value]) -> tuple[AttributeShown, ...]:
    """The properties that have a value, in the order of the schema."""
    language = get_language() or "id"
    return tuple(
        AttributeShown(
            one.code,
            one.label(language),
            _said(one, values[one.code], language),
            one.unit,
        )
        for one in schema
        if one.code in values
    )


def _said(attribute: Attribute, value: Value, language: str) -> str:
    if isinstance(value, bool):
        return said(_YES if value else _NO)
    for option in attribute.options:
        if option.code == value:
            return option.label_en if language == "en" else option.label_id
    if attribute.kind == "number" and language != "en":
        return value.replace(".", ",")
    return value
