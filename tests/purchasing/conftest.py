"""Fixtures of this room's tests."""

import pytest

from tests.purchasing import shop as market
from tests.purchasing.shop import Shop


@pytest.fixture
def shop(db: None) -> Shop:
    """A unit that buys, a company that sells."""
    market.places()
    return market.opened()
