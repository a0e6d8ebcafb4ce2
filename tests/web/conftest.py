"""Pages need their static files, named by content."""

import pytest

from gapura.config.statics import collect


@pytest.fixture(scope="session", autouse=True)
def _static_files() -> None:
    """Once a run; nothing is done when they are there."""
    collect()
