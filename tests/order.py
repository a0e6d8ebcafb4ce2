"""In which order the workers take the tests: long ones first, so that none waits at the end.

`--dist worksteal` cuts the list in the middle: one pile stands at its start, one behind the middle.
Whoever is done first takes from the end of the other's rest.
"""

import pytest

PILES = (
    # One running product serves all of these, so one worker does them.
    (
        "tests/journeys/test_the_purchase",
        "tests/journeys/test_the_walk",
        "tests/journeys/test_authorities_down",
        "tests/journeys/test_guides",
    ),
    (
        "tests/ops/test_seed",
        "tests/house/test_walk",
        "tests/web/orders/test_look",
        "tests/web/register/test_walk",
        "tests/web/catalog/test_look",
        "tests/ops/test_demo",
        "tests/web/shell/test_look",
    ),
)


def by_length(items: list[pytest.Item]) -> list[pytest.Item]:
    """The same tests, each pile at the beginning of its half."""
    first, second = ([item for item in items if item.nodeid.startswith(p)] for p in PILES)
    long = {id(item) for item in (*first, *second)}
    short = [item for item in items if id(item) not in long]
    cut = max(0, len(items) // 2 - len(first))
    return [*first, *short[:cut], *second, *short[cut:]]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only where several workers share the tests; after those that are not wanted were left out."""
    if hasattr(config, "workerinput"):
        items[:] = by_length(items)
