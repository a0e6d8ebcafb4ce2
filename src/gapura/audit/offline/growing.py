"""The tree of RFC 9162, grown from leaf hashes in order; its root at any size on the way."""

from collections.abc import Iterable
from hashlib import sha256

EMPTY = sha256(b"").digest()
_HEIGHT = 10
CHUNK = 1 << _HEIGHT


def hash_leaves(lines: Iterable[bytes]) -> list[bytes]:
    """The leaf hash of each entry's bytes."""
    return [sha256(b"\x00" + line).digest() for line in lines]


def _pair(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


class Growing:
    """A tree that only grows; it remembers its right edge and the chunk that is being filled."""

    def __init__(self) -> None:
        self.size = 0
        # Complete subtrees of CHUNK << n leaves, and the levels of the chunk that is open.
        self._edge: list[tuple[int, bytes]] = []
        self._levels: list[list[bytes]] = [[] for _ in range(_HEIGHT + 1)]

    def room(self) -> int:
        """How many leaves may be added at once."""
        return CHUNK - len(self._levels[0])

    def add(self, leaves: list[bytes]) -> None:
        """Add leaf hashes, at most `room()`."""
        self._levels[0] += leaves
        self.size += len(leaves)
        self._fill()
        if len(self._levels[0]) == CHUNK:
            self._close()

    def _fill(self) -> None:
        for below, above in zip(self._levels, self._levels[1:], strict=False):
            start = 2 * len(above)
            pairs = zip(below[start::2], below[start + 1 :: 2], strict=False)
            above += [sha256(b"\x01" + left + right).digest() for left, right in pairs]

    def _close(self) -> None:
        level, node = _HEIGHT, self._levels[_HEIGHT][0]
        while self._edge and self._edge[-1][0] == level:
            node = _pair(self._edge.pop()[1], node)
            level += 1
        self._edge.append((level, node))
        self._levels = [[] for _ in range(_HEIGHT + 1)]

    def root(self) -> bytes:
        """The root over all leaves so far."""
        open_nodes = [level[-1] for level in reversed(self._levels) if len(level) & 1]
        nodes = [node for _, node in self._edge] + open_nodes
        if not nodes:
            return EMPTY
        result = nodes.pop()
        while nodes:
            result = _pair(nodes.pop(), result)
        return result
