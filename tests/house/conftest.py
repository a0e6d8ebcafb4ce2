"""The option that writes a walk down for review."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="write what the walk found into tests/house/urls.csv; then read what changed",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Two workers would write over each other."""
    if config.getoption("--accept", default=False) and config.getoption("-n", default=None):
        raise pytest.UsageError("--accept writes one file, so it does not go with -n")
