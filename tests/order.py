"""Which tests the workers take, and in which order: long ones first, so that none waits at the end.

`--dist worksteal` cuts the list in the middle: one pile stands at its start, one behind the middle.
Whoever is done first takes from the end of the other's rest.
"""

import pytest

# The longest first.
PILES = (
    # One running product serves all of these, so one worker does them.
    (
        "tests/journeys/test_the_walk",
        "tests/journeys/test_the_purchase",
        "tests/journeys/test_the_letters",
        "tests/journeys/test_authorities_down",
        "tests/journeys/test_guides",
    ),
    (
        "tests/house/test_walk",
        "tests/web/people/test_look",
        "tests/ops/test_seed",
        "tests/ops/test_demo",
        "tests/web/shell/test_look",
        "tests/web/register/test_walk",
        "tests/web/orders/test_look",
        "tests/web/catalog/test_look",
        "tests/ops/test_postgres",
    ),
)


def by_length(items: list[pytest.Item]) -> list[pytest.Item]:
    """The same tests, each pile at the beginning of its half."""
    first, second = ([i for name in p for i in items if i.nodeid.startswith(name)] for p in PILES)
    long = {id(item) for item in (*first, *second)}
    short = [item for item in items if id(item) not in long]
    cut = max(0, len(items) // 2 - len(first))
    return [*first, *short[:cut], *second, *short[cut:]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--one-case",
        action="store_true",
        help="of each parametrized test only the first case: the others hold the same SQL",
    )


def first_cases(items: list[pytest.Item]) -> list[pytest.Item]:
    """The first case of each test function."""
    return list({item.nodeid.partition("[")[0]: item for item in reversed(items)}.values())[::-1]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After those that are not wanted were left out; the order only where workers share them."""
    if config.getoption("--one-case"):
        chosen = first_cases(items)
        config.hook.pytest_deselected(items=sorted({*items} - {*chosen}, key=lambda i: i.nodeid))
        items[:] = chosen
    if hasattr(config, "workerinput"):
        items[:] = by_length(items)
