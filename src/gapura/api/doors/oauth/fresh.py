"""Random signs and ids for what is issued, from the operating system."""

import os
from uuid import UUID

from gapura.kernel.ids import uuid7

_BASE62 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
# Each byte below 248 stands for one sign, four for each; the others are drawn again, so that no
# sign is likelier than another.
_SIGN_OF = bytes(_BASE62[n % 62] for n in range(256))
_TOO_LARGE = bytes(range(248, 256))


class Random:
    """What `decisions.Fresh` asks for."""

    def signs(self, count: int) -> str:
        """So many signs of base62; 43 hold 256 bits."""
        found = b""
        while len(found) < count:
            found += os.urandom(count + 8).translate(_SIGN_OF, _TOO_LARGE)
        return found[:count].decode()

    def id(self) -> UUID:
        """A new row's id."""
        return uuid7()


random = Random()
