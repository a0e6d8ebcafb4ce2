"""The windows of limits begin with each test: none ends in the middle of one by the real clock.

Windows stand at whole minutes and days, so a test that counts up to a limit would meet the end of
one now and then. What a test does in a clock of its own, long ago or to come, is left alone.
"""

from datetime import UTC, datetime, timedelta

import pytest

from gapura.kernel import clock, throttle
from gapura.kernel.throttle import Limit

_NEAR = timedelta(days=2)
_began = datetime.now(UTC)
_window = throttle.window


def window(limit: Limit, key: str) -> tuple[bytes, datetime, int]:
    """As the product's, as if each test began at midnight."""
    now = clock.now()
    if abs(now - _began) > _NEAR:
        return _window(limit, key)
    midnight = _began.replace(hour=0, minute=0, second=0, microsecond=0)
    with clock.frozen(midnight + (now - _began)):
        return _window(limit, key)


throttle.window = window


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """A new test, a new beginning."""
    global _began  # noqa: PLW0603
    _began = datetime.now(UTC)
