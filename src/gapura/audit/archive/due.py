"""Archive folders that hold personal values which nobody may keep any more.

Nothing reaches into a folder: it lies wherever somebody put it, often without a way to write to it.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from gapura.audit.archive.months import read
from gapura.audit.archive.register import archived_now
from gapura.audit.archive.retention import first_kept
from gapura.audit.events import ERASED, MONTH_ARCHIVED

# What has no place yet comes after all that has one.
_LAST = 2**62
_FOLDERS = f"""
    SELECT e.subject_id, e.facts->>'manifest', max(coalesce(l.index, {_LAST}))
      FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id
     WHERE e.name = %s GROUP BY 1, 2
"""  # noqa: S608 - constants only
_ERASED = f"""
    SELECT max(coalesce(l.index, {_LAST}))
      FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id WHERE e.name = %s
"""  # noqa: S608 - constants only


class DueFolder(NamedTuple):
    """One folder, by its month and the SHA-256 of its manifest (hex).

    `why`: `erased` after it was written, or its time is `over`. `replaced`: the month was archived
    anew since, so that this folder only has to be destroyed.
    """

    month: date
    manifest: str
    why: str
    replaced: bool

    def as_json(self) -> dict[str, Any]:
        """As commands print it."""
        return self._asdict() | {"month": self.month.strftime("%Y-%m")}


def due_folders(today: date) -> list[DueFolder]:
    """The folders that the log knows of and that are due, the oldest month first.

    Whom an erasure was about is not known of a folder, so each erasure makes all older ones due.
    The log does not know whether a folder was destroyed: a replaced one stays in the list.
    """
    bound, erased, written = first_kept(today), _newest_erasure(), _written()
    newest = {month: max(place for m, _, place in written if m == month) for month, _, _ in written}
    found = [
        DueFolder(month, manifest, "over" if month < bound else "erased", place < newest[month])
        for month, manifest, place in written
        if month < bound or erased > place
    ]
    return sorted(found)


def _written() -> list[tuple[date, str, int]]:
    """Each folder with the place of the newest entry that tells of it; -1 where that is archived
    itself and only the register knows the folder.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FOLDERS, [MONTH_ARCHIVED.name])
        rows = cursor.fetchall()
    named = ((read(str(month)), str(manifest), int(place)) for month, manifest, place in rows)
    found = [(month, manifest, place) for month, manifest, place in named if month]
    told = {manifest for _, manifest, _ in found}
    known = archived_now().months.values()
    return [*found, *((one.month, one.manifest, -1) for one in known if one.manifest not in told)]


def _newest_erasure() -> int:
    with connection.cursor() as cursor:
        cursor.execute(_ERASED, [ERASED.name])
        row = cursor.fetchone()
    return int(row[0]) if row and row[0] is not None else -1
