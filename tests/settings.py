"""The product's settings for whoever reads them outside a test run: the type checker, an editor."""

import os

from tests.environment import ENVIRONMENT as _GIVEN

for _name, _value in _GIVEN.items():
    os.environ.setdefault(_name, _value)

from gapura.config.settings import *  # noqa: E402, F403
