"""Waits that double with every failure, one row for a key; see `rules.limits`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from gapura.authentication.rules import Guard
from gapura.kernel import clock
from gapura.kernel.encryption import lookup
from gapura.kernel.throttle import TooMany

# One statement, so that failures at the same moment all count. `last_at` moves on by whole drips:
# of what is forgiven nothing is lost.
_FAIL = """
    INSERT INTO authentication_hold AS kept (key, failures, last_at, until)
    VALUES (%(key)s, 1, %(now)s::timestamptz, NULL)
    ON CONFLICT (key) DO UPDATE SET (failures, last_at, until) = (
      SELECT
        left_over + 1,
        CASE WHEN left_over = 0 THEN %(now)s::timestamptz
             ELSE kept.last_at + make_interval(secs => drips * %(drip)s::int) END,
        CASE WHEN left_over + 1 >= %(free)s::int THEN
             %(now)s::timestamptz + make_interval(secs => least(
               %(most)s::int, %(first)s::int * power(2, least(20, left_over + 1 - %(free)s::int))
             )) END
      FROM (SELECT greatest(0, floor(
              extract(epoch FROM %(now)s::timestamptz - kept.last_at) / %(drip)s::int
            ))::int AS drips) AS forgiven,
      LATERAL (SELECT greatest(0, kept.failures - drips) AS left_over) AS since)
"""

_WAITS = "SELECT key, until FROM authentication_hold WHERE key = ANY(%s::bytea[]) AND until > %s"
UNTIL = "SELECT until FROM authentication_hold WHERE key = %(hold)s AND until > %(now)s"
_FORGIVE = "DELETE FROM authentication_hold WHERE key = ANY(%s::bytea[])"


@dataclass(frozen=True, slots=True)
class Key:
    """What is counted: a guard, and whom it is about."""

    guard: Guard
    about: str

    @property
    def hashed(self) -> bytes:
        """As the row has it: typed names and addresses are not readable there."""
        return lookup(f"{self.guard.name}:{self.about}", "hold")


def waits(keys: Iterable[Key]) -> dict[str, int]:
    """Seconds to wait by the names of the guards that hold now; one query for all keys."""
    hashed = {key.hashed: key.guard.name for key in keys}
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, [list(hashed), now])
        rows = cursor.fetchall()
    return {hashed[bytes(key)]: seconds_until(until, now) for key, until in rows}


def seconds_until(until: datetime, now: datetime) -> int:
    """Whole seconds to wait, never too few."""
    return int((until - now).total_seconds()) + 1


def refuse(held: dict[str, int]) -> None:
    """Refuse when anything holds.

    :raises TooMany: with the seconds of the longest.
    """
    if held:
        seconds = max(held.values())
        raise TooMany(seconds=seconds, minutes=-(-seconds // 60))


def fail(*keys: Key) -> None:
    """Count a failure against each, in one order always: two at once must not block each other."""
    with connection.cursor() as cursor:
        for key in sorted(keys, key=lambda one: one.hashed):
            guard = key.guard
            given: dict[str, Any] = {
                "key": key.hashed,
                "now": clock.now(),
                "free": guard.free,
                "first": guard.first,
                "most": guard.most,
                "drip": guard.drip,
            }
            cursor.execute(_FAIL, given)


def forgive(*keys: Key) -> None:
    """After a success: what went wrong before no longer counts."""
    with connection.cursor() as cursor:
        cursor.execute(_FORGIVE, [[key.hashed for key in keys]])
