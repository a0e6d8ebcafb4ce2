"""Archiving, restoring and erasing take turns: none may miss what another one is about to do."""

from django.db import connection

_LOCK = 0x6761707572610003
_TAKE = "SELECT pg_advisory_xact_lock(%s)"
_TRY = "SELECT pg_try_advisory_xact_lock(%s)"
_SHARE = "SELECT pg_advisory_xact_lock_shared(%s)"


def take_turn() -> None:
    """Wait until nobody else archives, restores or erases; hold them off until the transaction
    ends. What is read after it knows of all that they did.
    """
    _run(_TAKE)


def try_turn() -> bool:
    """The same without waiting; false when somebody has the turn."""
    return _run(_TRY)


def share_turn() -> None:
    """For what keeps a copy of entries: wait for those who have the turn, hold off the next one."""
    _run(_SHARE)


def _run(sql: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(sql, [_LOCK])
        row = cursor.fetchone()
    return bool(row and row[0])
