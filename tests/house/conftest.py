"""The option that writes a walk down for review."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept",
        action="store_true",
        help="write what the walk found into tests/house/urls.csv; then read what changed",
    )
