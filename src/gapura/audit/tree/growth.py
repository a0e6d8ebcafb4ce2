"""Growing the tree anew from sealed hashes, held against stored nodes and signed roots."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gapura.audit.findings import Finding, Report
from gapura.audit.tree.merkle import Frontier, Node


class Statement(NamedTuple):
    """A signed root: of which checkpoint (`(n)` for one kept elsewhere), over how many leaves."""

    number: str
    size: int
    root: bytes


class Growth:
    """Takes leaf hashes one by one, in order."""

    def __init__(
        self, stored: Iterator[tuple[Node, bytes]], statements: Sequence[Statement], report: Report
    ) -> None:
        self._frontier = Frontier()
        self._stored, self._head = stored, next(stored, None)
        self._statements = list(reversed(statements))
        self._report = report
        self._good_size = 0
        self._last_wrong = -1
        self._wrong: list[tuple[int, int]] = []
        self.broken_at: int | None = None

    @property
    def root(self) -> bytes:
        """The root over all leaves; empty after a gap."""
        return b"" if self.broken_at is not None else self._frontier.root()

    def add(self, index: int, leaf: bytes) -> bool:
        """The next leaf; False once, at the first gap, after which no root can be computed."""
        if self.broken_at is not None:
            return True
        if index != self._frontier.size:
            self.broken_at = self._frontier.size
            self._wrong.append((self.broken_at, 2**63))
            return False
        for node, value in self._frontier.append(leaf):
            self._compare(node, value)
        self._check_statements()
        return True

    def finish(self) -> None:
        """What is left over: nodes without leaves, checkpoints beyond the end."""
        if self.broken_at is not None:
            return
        while self._head:
            self._extra()
        for number, size, _ in reversed(self._statements):
            values = {"number": number, "size": size}
            self._report.add(Finding("short", self._frontier.size, values=values))

    def wrong_at(self, index: int) -> bool:
        """Whether the tree disagrees somewhere over this index."""
        return any(start <= index <= end for start, end in self._wrong)

    def _compare(self, node: Node, value: bytes) -> None:
        while self._head and _place(self._head[0]) < _place(node):
            self._extra()
        start, end = _span(node)
        if self._head is None or self._head[0] != node:
            values = {"last": end}
            self._report.add(Finding("node", start, values=values))
            self._wrong.append((start, end))
            return
        if self._head[1] != value and self._last_wrong < start:
            # Everything above a wrong node is wrong too; only the lowest is worth telling.
            self._report.add(Finding("tree", start, values={"last": end}))
            self._wrong.append((start, end))
            self._last_wrong = start
        self._head = next(self._stored, None)

    def _extra(self) -> None:
        if self._head:
            start, end = _span(self._head[0])
            self._report.add(Finding("extra", start, values={"last": end}))
        self._head = next(self._stored, None)

    def _check_statements(self) -> None:
        size = self._frontier.size
        while self._statements and self._statements[-1].size <= size:
            statement = self._statements.pop()
            if statement.size == size and statement.root == self._frontier.root():
                self._good_size = size
                continue
            values = {"number": statement.number, "size": statement.size}
            self._report.add(Finding("root", self._good_size, values=values))
            self._wrong.append((self._good_size, statement.size))


def _place(node: Node) -> tuple[int, int]:
    """Nodes come in the order in which growing completes them."""
    return (node.position + 1) << node.level, node.level


def _span(node: Node) -> tuple[int, int]:
    return node.position << node.level, ((node.position + 1) << node.level) - 1
