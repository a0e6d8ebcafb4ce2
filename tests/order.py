"""Which tests the workers take, and in which order: long ones first, so that none waits at the end.

`--dist worksteal` cuts the list into one part for each worker: a pile stands at the start of each.
Whoever is done first takes from the end of another's rest.
"""

import pytest

A_FILE = 1
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
    """The same tests, each pile at the beginning of its worker's part."""
    piles = [[i for name in pile for i in items if i.nodeid.startswith(name)] for pile in PILES]
    long = {id(item) for pile in piles for item in pile}
    short = [item for item in items if id(item) not in long]
    ordered: list[pytest.Item] = []
    for number, pile in enumerate(piles):
        part = (len(items) - len(ordered)) // (len(piles) - number)  # as xdist cuts
        filling = max(0, part - len(pile))
        ordered, short = [*ordered, *pile, *short[:filling]], short[filling:]
    return ordered


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--few",
        action="store_true",
        help="of each file the first test, of each test the first case",
    )


def few(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of each file the first test and its first case: the others mostly repeat their SQL."""
    first = {item.nodeid.partition("[")[0]: item for item in reversed(items)}
    files: dict[str, list[pytest.Item]] = {}
    for name, item in reversed(first.items()):
        files.setdefault(name.partition("::")[0], []).append(item)
    return [item for found in files.values() for item in found[:A_FILE]]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After those that are not wanted were left out; the order only where workers share them."""
    if config.getoption("--few"):
        chosen = few(items)
        config.hook.pytest_deselected(items=sorted({*items} - {*chosen}, key=lambda i: i.nodeid))
        items[:] = chosen
    if hasattr(config, "workerinput"):
        items[:] = by_length(items)
