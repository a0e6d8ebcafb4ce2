"""Fixtures for the pages of orders."""

import pytest

from tests.purchasing import shop as market
from tests.web.orders.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A unit that buys and a company that sells, in front of their browsers."""
    market.places()
    return Desk(market.opened())
