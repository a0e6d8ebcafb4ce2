"""The hash that names a version's content for good."""

import hashlib
import json
from collections.abc import Sequence

from gapura.catalog.models import ProductVersion


def content_hash(version: ProductVersion) -> str:
    """The hash of a stored version with the pictures it has."""
    pictures = version.pictures.order_by("position")
    return hash_of(version, list(pictures.values_list("document__content_id", flat=True)))


def hash_of(version: ProductVersion, pictures: Sequence[str]) -> str:
    """SHA-256 in hex over the version's content in canonical JSON, pictures by their own hashes.

    Keys sorted, no blanks, UTF-8; the same content of the same product always gives the same hash.
    """
    content = {
        "product": str(version.product_id),
        "number": version.number,
        "category": version.category_id,
        "name": version.name,
        "description": version.description,
        "attributes": version.attributes,
        "unit": version.unit,
        "tax_class": version.tax_class,
        "origin": version.origin,
        "brand": version.brand,
        "pictures": list(pictures),
    }
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
