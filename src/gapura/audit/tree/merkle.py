"""The tree of RFC 9162 section 2.1 as pure functions over complete nodes."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import NamedTuple


class Node(NamedTuple):
    """A complete subtree of 2**level leaves from leaf position * 2**level on; level 0 is a leaf."""

    level: int
    position: int


Get = Callable[[Node], bytes]
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash of one entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of a pair."""
    return sha256(b"\x01" + left + right).digest()


def cover(start: int, end: int) -> list[Node]:
    """The complete nodes over leaves [start, end), largest first; `start` begins a subtree."""
    nodes = []
    while start < end:
        level = (end - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return nodes


def fold(hashes: Sequence[bytes]) -> bytes:
    """The hash over a cover."""
    if not hashes:
        return EMPTY_ROOT
    result = hashes[-1]
    for left in reversed(hashes[:-1]):
        result = node_hash(left, result)
    return result


def root(size: int, get: Get) -> bytes:
    """The root of the first `size` leaves."""
    return fold([get(node) for node in cover(0, size)])


class Frontier:
    """The right edge of a growing tree: as many hashes as `size` has one bits."""

    def __init__(self, size: int = 0, hashes: Iterable[bytes] = ()) -> None:
        self.size = size
        self._hashes = list(hashes)
        if len(self._hashes) != size.bit_count():
            raise ValueError("a frontier has one hash per one bit of its size")

    def append(self, leaf: bytes) -> list[tuple[Node, bytes]]:
        """Add one leaf hash; the inner nodes that it completes, lowest first."""
        made = []
        hashes, current, index = self._hashes, leaf, self.size
        level = 0
        while index & 1:
            current = node_hash(hashes.pop(), current)
            index >>= 1
            level += 1
            made.append((Node(level, index), current))
        hashes.append(current)
        self.size += 1
        return made

    def root(self) -> bytes:
        """The root of the tree so far."""
        return fold(self._hashes)


def _split(size: int) -> int:
    """The largest power of two below `size` (RFC 9162 section 2.1.1)."""
    return 1 << (size - 1).bit_length() - 1


def _over(start: int, end: int, get: Get) -> bytes:
    return fold([get(node) for node in cover(start, end)])


def inclusion_proof(index: int, size: int, get: Get) -> list[bytes]:
    """The path from leaf `index` to the root of `size` leaves (section 2.1.3.1)."""
    if not 0 <= index < size:
        raise ValueError("no such leaf in a tree of this size")
    path = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(_over(middle, end, get))
            end = middle
        else:
            path.append(_over(start, middle, get))
            start = middle
    return path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], top: bytes
) -> bool:
    """Whether `proof` leads from the leaf to the root `top` (section 2.1.3.2)."""
    if not 0 <= index < size or not leaf:
        return False
    at, last, result = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            result = node_hash(step, result)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            result = node_hash(result, step)
        at, last = at >> 1, last >> 1
    return last == 0 and result == top


def consistency_proof(first: int, second: int, get: Get) -> list[bytes]:
    """That the tree of `first` leaves is the beginning of that of `second` (section 2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError("a consistency proof goes from a smaller to a larger tree")
    path = []
    start, end, whole = 0, second, True
    while first != end:
        middle = start + _split(end - start)
        if first <= middle:
            path.append(_over(middle, end, get))
            end = middle
        else:
            path.append(_over(start, middle, get))
            start, whole = middle, False
    if not whole:
        path.append(_over(start, end, get))
    return path[::-1]


def verify_consistency(
    first: int, second: int, first_root: bytes, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `proof` shows that nothing before `first` was changed (section 2.1.4.2)."""
    if first == second:
        return first > 0 and not proof and first_root == second_root
    if not 0 < first < second:
        return False
    steps = [first_root, *proof] if first & (first - 1) == 0 else list(proof)
    if not steps:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def root_with(leaves: dict[int, bytes], size: int, get: Get) -> bytes:
    """The root when the given leaves are taken from `leaves` and all else from `get`.

    One pass proves many leaves at once: `get` is asked only for the siblings that are needed.
    """
    wanted = sorted(leaves)

    def over(level: int, position: int, first: int, last: int) -> bytes:
        """The hash of a node in which the leaves wanted[first:last] lie."""
        if first == last:
            return get(Node(level, position))
        if level == 0:
            return leaves[position]
        below, left = level - 1, position * 2
        middle = bisect_left(wanted, (left + 1) << below, first, last)
        return node_hash(over(below, left, first, middle), over(below, left + 1, middle, last))

    edges = [(node, node.position << node.level) for node in cover(0, size)]
    places = [bisect_left(wanted, start) for _, start in edges] + [bisect_left(wanted, size)]
    return fold(
        [over(*node, *span) for (node, _), span in zip(edges, pairwise(places), strict=True)]
    )
