"""Arrays packed as PostgreSQL's binary protocol has them, for statements with many columns of rows.

The driver looks at each value of a list anew to find out what it is; whoever names the kind of a
column does not pay for that.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from struct import Struct
from typing import Any, Final
from uuid import UUID

import psycopg
from psycopg.abc import Buffer
from psycopg.adapt import Dumper
from psycopg.pq import Format

_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
# Dimensions, whether there may be nulls, the kind of the elements, how many, the first place.
_HEAD: Final = Struct(">iiIii").pack
_LENGTH: Final = Struct(">i").pack
_MOMENT: Final = Struct(">q").pack
_NULL: Final = _LENGTH(-1)
_EMPTY: Final = Struct(">iiI").pack


class Packed(bytes):
    """An array as it is sent; its place in the statement says what it is (`%b::uuid[]`)."""


class PackedDumper(Dumper):
    """Sends it as it is, of the kind that the statement names."""

    format = Format.BINARY
    oid = 0

    def dump(self, obj: Any) -> Buffer | None:
        """All is done already."""
        return bytes(obj)


def _uuid(value: UUID) -> bytes:
    return value.bytes


def _moment(value: datetime) -> bytes:
    return _MOMENT((value - _EPOCH) // _MICROSECOND)


# PostgreSQL's numbers for its own kinds never change (pg_type.dat).
_KINDS: Final[Mapping[str, tuple[int, Callable[[Any], bytes]]]] = {
    "bytea": (17, bytes),
    "text": (25, str.encode),
    "json": (114, str.encode),
    "timestamptz": (1184, _moment),
    "uuid": (2950, _uuid),
}


def packed(kind: str, values: Sequence[Any]) -> Packed:
    """An array of bytea, text, json (as text), timestamptz (aware) or uuid; None is null."""
    oid, form = _KINDS[kind]
    if not values:
        return Packed(_EMPTY(0, 0, oid))
    parts = [_HEAD(1, 1, oid, len(values), 1)]
    for value in values:
        if value is None:
            parts.append(_NULL)
        else:
            data = form(value)
            parts += (_LENGTH(len(data)), data)
    return Packed(b"".join(parts))


psycopg.adapters.register_dumper(Packed, PackedDumper)
