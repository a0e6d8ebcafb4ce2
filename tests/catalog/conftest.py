"""Who acts in the tests of the catalog."""

from uuid import UUID

import pytest

from gapura.kernel.actor import Actor
from tests.catalog import goods


@pytest.fixture
def places(db: None) -> None:
    """Agencies, units and categories."""
    goods.places()


@pytest.fixture
def seller(places: None) -> Actor:
    """The administrator of the company PT1."""
    return goods.seller()


@pytest.fixture
def rival(places: None) -> Actor:
    """The administrator of the company PT2."""
    return goods.seller("PT2")


@pytest.fixture
def curator(places: None) -> Actor:
    """A curator of the platform."""
    return goods.acting("kurator")


@pytest.fixture
def buyer(places: None) -> Actor:
    """The procurement officer of the unit T1.1."""
    return goods.acting("pp")


@pytest.fixture
def listed(seller: Actor, curator: Actor) -> UUID:
    """The paper, in the catalog."""
    return goods.listed(seller, curator)
