"""Where the protocol's random signs come from: the operating system."""

import secrets
import string
from uuid import UUID

from gapura.kernel.ids import uuid7

_SIGNS = string.ascii_letters + string.digits


class Fresh:
    """See `protocol.decisions.Fresh`."""

    def signs(self, count: int) -> str:
        """So many signs of base62; each holds almost six bits."""
        return "".join(secrets.choice(_SIGNS) for _ in range(count))

    def id(self) -> UUID:
        """A new row's id."""
        return uuid7()


FRESH = Fresh()
