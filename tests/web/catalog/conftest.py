"""The goods of the catalog's own tests, seen through pages."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image

from gapura.catalog.fields import ProductFields
from gapura.kernel.actor import Actor
from tests.catalog import goods

Listing = Callable[..., UUID]


@pytest.fixture(autouse=True)
def _places(db: None) -> None:
    goods.places()


@pytest.fixture
def seller() -> Actor:
    """The administrator of the company PT1."""
    return goods.seller()


@pytest.fixture
def curator() -> Actor:
    """A curator of the platform."""
    return goods.acting("kurator")


@pytest.fixture
def listed(seller: Actor, curator: Actor) -> Listing:
    """Makes a product of PT1 (or of `by`) that is in the catalog."""

    def make(
        name: str = "Kertas A4 80 gram",
        what: ProductFields = goods.FIELDS,
        by: Actor | None = None,
        **more: int,
    ) -> UUID:
        named = replace(what, name=name)
        return goods.listed(by or seller, curator, named, **more)

    return make


@pytest.fixture(scope="session")
def photo() -> bytes:
    """A picture large enough to be taken."""
    kept = BytesIO()
    Image.new("RGB", (400, 400), "teal").save(kept, "PNG")
    return kept.getvalue()
