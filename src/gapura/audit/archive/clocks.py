"""Whether the clocks of application, database, checkpoints and witnesses tell the same time."""

from datetime import date, datetime, timedelta

from django.db import connection

from gapura.audit import keys
from gapura.audit.errors import ClockAstray
from gapura.kernel import clock

ASTRAY = timedelta(hours=1)
# A quiet log signs nothing for hours; one that signs nothing for a day has other troubles first.
QUIET = timedelta(days=1)
_CLOCKS = """
    SELECT clock_timestamp(), (SELECT at FROM audit_checkpoint ORDER BY number DESC LIMIT 1),
           (SELECT max(c.at - s.at) FROM audit_cosignature s
              JOIN audit_checkpoint c ON c.number = s.number
             WHERE s.number = (SELECT max(number) FROM audit_cosignature))
"""
# `at` is what the witness's own clock said.
_SIGNED = "SELECT DISTINCT witness FROM audit_cosignature WHERE at BETWEEN %s AND %s"


def agreed_today() -> date:
    """The day (UTC) that all clocks agree on; of two days the earlier one.

    :raises ClockAstray: when application and database are more than an hour apart, when the newest
        checkpoint is an hour ahead or a day old, when a witness cosigned the newest cosigned
        checkpoint more than an hour before it was made, or when the witnesses of the policy have
        not cosigned within the last day by their own clocks.
    """
    now = clock.now()
    there, signed, ahead = _clocks()
    if abs(there - now) > ASTRAY:
        raise ClockAstray(why="the clocks of server and database are more than an hour apart")
    if signed is None or not -ASTRAY <= now - signed <= QUIET:
        raise ClockAstray(why="the newest checkpoint was not signed within the last day")
    if ahead is not None and ahead > ASTRAY:
        raise ClockAstray(why="by the clock of a witness the newest checkpoint lies in the future")
    if not _is_witnessed(now):
        raise ClockAstray(why="by their own clocks no witnesses cosigned within the last day")
    return min(now, there).date()


def latest_today(today: date) -> date:
    """The later one of a day and the database's own today in Jakarta."""
    return max(today, clock.legal_day(_clocks()[0]))


def _is_witnessed(now: datetime) -> bool:
    """Whether the quorum, or else one of them, signed within the last day; True without any."""
    policy = keys.policy()
    with connection.cursor() as cursor:
        cursor.execute(_SIGNED, [now - QUIET, now + ASTRAY])
        signed = {name for (name,) in cursor.fetchall()}
    agreeing = [witness.name for witness in policy.witnesses if witness.key.name in signed]
    return policy.satisfied(agreeing) and (bool(agreeing) or not policy.witnesses)


def _clocks() -> tuple[datetime, datetime | None, timedelta | None]:
    with connection.cursor() as cursor:
        cursor.execute(_CLOCKS)
        return cursor.fetchone() or (clock.now(), None, None)
