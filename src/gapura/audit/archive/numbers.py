"""The numbers in the tree whose entries are not in the database: what an archive leaves empty."""

from datetime import date

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.archive.months import first_id_of, shifted
from gapura.audit.offline.absent import Ranges

_RANGES = """
    SELECT min(index), max(index) + 1 FROM (
        SELECT index, index - row_number() OVER (ORDER BY index) AS run FROM audit_leaf
         WHERE event_id >= %s AND event_id < %s
           AND NOT EXISTS (SELECT FROM audit_event e WHERE e.id = event_id)) l
     GROUP BY run ORDER BY 1
"""


def absent_numbers(reader: BaseDatabaseWrapper, month: date) -> Ranges:
    """The numbers, as `[first, past]`, of the month's entries that are not in the database.

    That is lawful only when the newest entry about archives names just these (`places`).
    """
    with reader.cursor() as cursor:
        cursor.execute(_RANGES, [first_id_of(month), first_id_of(shifted(month, 1))])
        return [[first, past] for first, past in cursor.fetchall()]
