"""How the others of the log are: the signer and each witness, since when, and what they know."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from gapura.kernel import clock

SIGNER = "signer"
# Words of `trouble`: nobody answers; the answer is no; it was shown another history.
AWAY, REFUSED, SPLIT = "away", "refused", "split"

_WELL = """
    INSERT INTO audit_party (name, size, well_at, tries, trouble, why)
    VALUES (%s, %s, %s, 0, '', '')
    ON CONFLICT (name) DO UPDATE
       SET size = excluded.size, well_at = excluded.well_at, failed_at = NULL, retry_at = NULL,
           tries = 0, trouble = '', why = ''
"""
_FAILED = """
    INSERT INTO audit_party (name, size, failed_at, retry_at, tries, trouble, why)
    VALUES (%s, 0, %s, %s, 1, %s, %s)
    ON CONFLICT (name) DO UPDATE
       SET failed_at = coalesce(audit_party.failed_at, excluded.failed_at),
           retry_at = excluded.retry_at, tries = audit_party.tries + 1,
           trouble = excluded.trouble, why = excluded.why
"""
_ALL = "SELECT name, size, well_at, failed_at, retry_at, tries, trouble, why FROM audit_party"


class Party(NamedTuple):
    """One of them; `size` is how many leaves it signed last, `failed_at` since when it fails."""

    name: str
    size: int = 0
    well_at: datetime | None = None
    failed_at: datetime | None = None
    retry_at: datetime | None = None
    tries: int = 0
    trouble: str = ""
    why: str = ""


def parties() -> dict[str, Party]:
    """Every one that was asked so far, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_ALL)
        return {row[0]: Party(*row) for row in cursor.fetchall()}


def well(name: str, size: int) -> None:
    """It signed a tree of this size."""
    with connection.cursor() as cursor:
        cursor.execute(_WELL, [name, size, clock.now()])


def failed(name: str, trouble: str, why: str, retry_at: datetime | None = None) -> None:
    """It did not sign; `trouble` is one of the words above."""
    with connection.cursor() as cursor:
        cursor.execute(_FAILED, [name, clock.now(), retry_at, trouble, why[:300]])
