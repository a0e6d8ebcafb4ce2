"""Counted limits in PostgreSQL: one window per name and key; only what is counted, counts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from gapura.kernel import clock
from gapura.kernel.encryption import lookup
from gapura.kernel.problems import Busy
from gapura.kernel.texts import N_


class TooMany(Busy):
    """The limit is reached; `seconds` says when the window ends."""

    what = N_("Too many tries. For safety we wait %(minutes)s minutes before the next one.")
    todo = N_("Wait, then try again. If you did not try this yourself, contact the administrator.")


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `count` in `seconds` for one key; the name says which limit it is."""

    name: str
    count: int
    seconds: int


HIT = """
    INSERT INTO kernel_throttle (key, window_start, count) VALUES (%(key)s, %(start)s, 1)
    ON CONFLICT (key, window_start) DO UPDATE SET count = kernel_throttle.count + 1 RETURNING count
"""

_HIT_ALL = """
    INSERT INTO kernel_throttle (key, window_start, count) VALUES {rows}
    ON CONFLICT (key, window_start) DO UPDATE SET count = kernel_throttle.count + 1
    RETURNING key, count
"""
# Where the window has ended meanwhile there is nothing to take back.
GIVEN_BACK = """
    UPDATE kernel_throttle SET count = count - 1
    WHERE key = %(key)s AND window_start = %(start)s AND count > 0
"""
COUNTED = "SELECT count FROM kernel_throttle WHERE key = %(key)s AND window_start = %(start)s"


def window(limit: Limit, key: str) -> tuple[bytes, datetime, int]:
    """The window of now: its key and start as `HIT` takes them, and the seconds left of it."""
    seconds = int(clock.now().timestamp())
    start = seconds - seconds % limit.seconds
    return (
        lookup(f"{limit.name}:{key}", "throttle"),
        datetime.fromtimestamp(start, tz=clock.now().tzinfo),
        start + limit.seconds - seconds,
    )


def check(limit: Limit, key: str) -> None:
    """Refuse when the window is full, without counting.

    :raises TooMany: with the seconds left.
    """
    hashed, start, left = window(limit, key)
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"key": hashed, "start": start})
        row = cursor.fetchone()
    judge(limit, row[0] if row else None, left)


def judge(limit: Limit, counted: int | None, left: int) -> None:
    """Refuse when what `COUNTED` found fills the window, of which `left` seconds are left.

    :raises TooMany: with those.
    """
    if counted is not None and counted >= limit.count:
        raise TooMany(seconds=left, minutes=-(-left // 60))


def count(limit: Limit, key: str) -> None:
    """Count one (a failure, a mail sent).

    :raises TooMany: when this one is over the limit; it stays counted if the caller commits.
    """
    hashed, start, left = window(limit, key)
    with connection.cursor() as cursor:
        cursor.execute(HIT, {"key": hashed, "start": start})
        row = cursor.fetchone()
    if row and row[0] > limit.count:
        raise TooMany(seconds=left, minutes=-(-left // 60))


def count_all(*counted: tuple[Limit, str]) -> None:
    """Count one against each of these limits and keys, in this order, in one statement.

    Callers name the narrow ones first, always: two at once must not block each other.

    :raises TooMany: when this one is over any of them, with the seconds of the longest.
    """
    windows = {(limit, key): window(limit, key) for limit, key in counted}
    rows = ", ".join(["(%s, %s, 1)"] * len(windows))
    values = [given for hashed, start, _ in windows.values() for given in (hashed, start)]
    with connection.cursor() as cursor:
        cursor.execute(_HIT_ALL.format(rows=rows), values)
        counts = {bytes(key): found for key, found in cursor.fetchall()}
    _judge_all(
        left
        for (limit, _), (hashed, _, left) in windows.items()
        if counts.get(hashed, 0) > limit.count
    )


def _judge_all(lefts: Iterable[int]) -> None:
    left = max(lefts, default=0)
    if left:
        raise TooMany(seconds=left, minutes=-(-left // 60))


def give_back(limit: Limit, key: str) -> None:
    """Take one back that was counted and came to nothing."""
    hashed, start, _ = window(limit, key)
    with connection.cursor() as cursor:
        cursor.execute(GIVEN_BACK, {"key": hashed, "start": start})


def prune(older_than: timedelta = timedelta(days=2)) -> int:
    """Delete windows that ended long ago; answers how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM kernel_throttle WHERE window_start < %s", [clock.now() - older_than]
        )
        return int(cursor.rowcount)
