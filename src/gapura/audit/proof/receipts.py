"""Receipts: where an entry stands in the log, for whoever it was told to, and what they claim."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection

from gapura.audit.errors import BadReceipt
from gapura.audit.tree.cosignatures import decoded
from gapura.audit.tree.merkle import Get, root
from gapura.audit.tree.stored import NodeMissing, latest_checkpoint, over_stored
from gapura.kernel.texts import N_

PAGE = "/log/verify"
_LARGEST = 2**62

_LEAF = """
    SELECT l.index, (SELECT max(index) + 1 FROM audit_leaf) FROM audit_leaf l WHERE l.event_id = %s
"""
_BAD_NUMBER = N_(
    "Enter the proof number as the mail shows it, such as 48213/48250, or the code of the step."
)
_BAD_ROOT = N_("Enter the root as the mail shows it: 64 digits and letters from a to f.")


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an entry stands: leaf `index` in the tree of `size` leaves with this root.

    `index` is None while it waits for its place.
    """

    event: UUID
    index: int | None = None
    size: int = 0
    root: bytes = b""

    @property
    def number(self) -> str:
        """What people read and type."""
        return f"{self.index}/{self.size}"

    @property
    def link(self) -> str:
        """The path where it is checked, with all that this receipt says."""
        values: dict[str, object] = {"receipt": self.event}
        if self.index is not None:
            values |= {"size": self.size, "root": self.root.hex()}
        return f"{PAGE}?{urlencode(values)}"


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says stands on a receipt; one of `event` and `index` is there."""

    event: UUID | None = None
    index: int | None = None
    size: int | None = None
    root: bytes = b""


def receipt_of(event: UUID) -> Receipt:
    """The receipt of an entry: under the newest checkpoint, else under the tree as it is now.

    Any later checkpoint must continue the tree of this root. Three small queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEAF, [event])
        row = cursor.fetchone()
    if row is None:
        return Receipt(event)
    index, size = row
    last = latest_checkpoint()
    if last and index < last.size:
        return Receipt(event, index, last.size, last.root)
    top = root_at(size)
    return Receipt(event, index, size, top) if top else Receipt(event)


def root_at(size: int) -> bytes:
    """The root of the first `size` leaves as stored; empty when nodes are missing."""

    def top(get: Get) -> bytes:
        return root(size, get)

    try:
        return over_stored(top) if size else b""
    except NodeMissing:
        return b""


def read_claim(receipt: str, root_text: str = "", size: str = "") -> Claim:
    """What was typed, or came with a link.

    :raises BadReceipt: with a sentence for the field `receipt` or `root`.
    """
    claimed = _root(root_text.strip())
    text = receipt.strip()
    event = _event(text)
    if event is not None:
        return Claim(event=event, size=_number(size.strip()), root=claimed)
    place, slash, whole = (part.strip() for part in text.partition("/"))
    index, of = _number(place), _number(whole)
    if index is None or (slash and of is None) or (of is not None and of <= index):
        raise BadReceipt({"receipt": _BAD_NUMBER})
    return Claim(index=index, size=of, root=claimed)


def _event(text: str) -> UUID | None:
    try:
        return UUID(text) if len(text) == 36 else None
    except ValueError:
        return None


def _number(text: str) -> int | None:
    fits = text.isascii() and text.isdigit() and len(text) <= 19
    return int(text) if fits and int(text) <= _LARGEST else None


def _root(text: str) -> bytes:
    """A hash in hexadecimal digits or base64; empty when none is given."""
    if not text:
        return b""
    try:
        raw = bytes.fromhex(text) if len(text) == 64 else decoded(text)
    except ValueError:
        raw = b""
    if len(raw) != 32:
        raise BadReceipt({"root": _BAD_ROOT})
    return raw
