"""The moment at which the tables of a bundle were read, and which entries belong to it."""

from collections.abc import Mapping
from typing import Any

from gapura.audit.offline.absent import number

_MOST_XIDS = 1_000_000


class Moment:
    """All entries below `size`, and those of the transactions that were done and not numbered yet.

    An entry beyond it tells of what came after the tables were read; one that is older than
    `settled` should not have been left out of it.

    :raises ValueError: for what no bundle says.
    """

    def __init__(self, said: Any, settled: bytes) -> None:
        if type(said) is not dict or type(xids := said.get("xids")) is not list:
            raise ValueError("tables")
        if len(xids) > _MOST_XIDS or not all(type(xid) is str for xid in xids):
            raise ValueError("tables")
        self._size, self._xids = number(said.get("size")), frozenset(xids)
        self._settled = settled

    def holds(self, index: int, entry: Mapping[str, Any]) -> bool:
        """Whether the tables were read after this entry was written."""
        return index < self._size or str(entry.get("xid")) in self._xids

    def is_late(self, entry: Mapping[str, Any]) -> bool:
        """Whether an entry beyond it is older than one that may be."""
        return str(entry.get("recorded_at")).encode("utf-8", "replace") < self._settled
