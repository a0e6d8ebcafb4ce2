"""Checking clear personal values against their commitments; erasure must have its receipt."""

import json
from collections.abc import Container
from datetime import date
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.addresses import kept_as
from gapura.audit.archive.months import month_of, said
from gapura.audit.canonical import NotCanonical
from gapura.audit.commitments import commitment, context, open_values
from gapura.audit.entries import ACTOR, SUBJECT, Row
from gapura.audit.events import ERASED, MONTH_FORGOTTEN
from gapura.audit.findings import Finding, Report
from gapura.audit.offline.opening import Erased, Receipt
from gapura.audit.offline.times import SLACK, shifted
from gapura.kernel.encryption import Unsealable

Parts = dict[str, tuple[Any, UUID | None]]

LAST = 2**62
_NUMBER = "SELECT index FROM audit_leaf WHERE event_id = %s"
_MOMENT = """'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'"""
# One that has no number yet comes after all that have one.
_RECEIPTS = f"""
    SELECT e.id, coalesce(l.index, {LAST}), e.name, e.subject_id,
           to_char(e.recorded_at AT TIME ZONE 'UTC', {_MOMENT})
      FROM audit_event e LEFT JOIN audit_leaf l ON l.event_id = e.id WHERE e.name = ANY(%s)
"""  # noqa: S608 - constants only
_NOW = f"SELECT to_char(now() AT TIME ZONE 'UTC', {_MOMENT})"


class Erasures:
    """The recorded erasures: which event erased whom, or what of which month.

    A receipt in an archived month cannot be read here, but its number can: what it excuses stands
    before it, and came back from an archive that is as old.
    """

    def __init__(self, reader: BaseDatabaseWrapper, archived: Container[date] = ()) -> None:
        self._archived, self._reader = archived, reader
        self._numbers: dict[UUID, int] = {}
        with reader.cursor() as cursor:
            cursor.execute(_RECEIPTS, [[ERASED.name, MONTH_FORGOTTEN.name]])
            self._receipts = {row[0]: Receipt(*row[1:]) for row in cursor.fetchall()}
            self._newest = self._of_persons()
            cursor.execute(_NOW)
            self._now = str((cursor.fetchone() or ("",))[0])

    def allow(self, receipt: UUID, person: str | None, row: Row, index: int) -> bool:
        """Whether that event records the erasure of this person, or of this entry's month.

        `index` is the entry's number, `person` whose part it is.
        """
        found = self._receipts.get(receipt)
        if found is None:
            return month_of(receipt) in self._archived and index < self._number(receipt)
        month = said(month_of(UUID(row.id)))
        part = Erased(index, str(receipt), str(person), month, row.recorded_at)
        return found.excuses(part, self._now)

    def is_left(self, person: str | None, row: Row, index: int) -> bool:
        """Whether a part that is still there should have gone with the erasure of its person.

        Whoever was writing at that moment may have been overlooked.
        """
        found = self._newest.get(str(person))
        if found is None or index > found.place:
            return False
        return row.recorded_at.encode() < shifted(found.time.encode(), -SLACK)

    def _of_persons(self) -> dict[str, Receipt]:
        """The newest sealed erasure of each person."""
        sealed = (one for one in self._receipts.values() if one.place < LAST)
        erased = sorted(one for one in sealed if one.name == ERASED.name)
        return {one.what: one for one in erased}

    def _number(self, receipt: UUID) -> int:
        if receipt not in self._numbers:
            with self._reader.cursor() as cursor:
                cursor.execute(_NUMBER, [receipt])
                self._numbers[receipt] = (cursor.fetchone() or (-1,))[0]
        return self._numbers[receipt]


def check_parts(
    index: int,
    row: Row,
    parts: Parts,
    erasures: Erasures,
    report: Report,
    address: bytes | None = None,
) -> int:
    """Report what does not fit; answers how many parts were lawfully erased.

    `address` is the keyed hash that the actor's part is found by.
    """
    erased = 0
    public = json.loads(row.commitments)
    for part, owner in ((ACTOR, row.actor_person), (SUBJECT, row.person)):
        promised = {f: c for f, c in public.items() if f.startswith("actor.") == (part == ACTOR)}
        sealed, erased_by = parts[part]
        if not promised:
            continue
        if sealed is not None:
            wanted = address if part == ACTOR else None
            reason = _misfit(promised, bytes(sealed), context(row.id, part), wanted)
            _held(report, index, row, reason, left=erasures.is_left(owner, row, index))
        # Before a sign-in nobody acts yet: then the part is the one's whom the entry is about.
        elif erased_by is not None and erasures.allow(erased_by, owner or row.person, row, index):
            erased += 1
        else:
            report.add(Finding("personal_missing", index, UUID(row.id)))
    return erased


def _held(report: Report, index: int, row: Row, reason: str, *, left: bool) -> None:
    """What is wrong with a part that is there."""
    if reason:
        report.add(Finding("personal_altered", index, UUID(row.id), {"reason": reason}))
    if left:
        report.add(Finding("personal_left", index, UUID(row.id)))


def _misfit(promised: dict[str, str], sealed: bytes, place: str, address: bytes | None) -> str:
    """Why the kept values are not those that were promised; empty when they are."""
    try:
        opened = open_values(sealed, place)
        if opened.keys() != promised.keys():
            return ", ".join(sorted(opened.keys() ^ promised.keys()))
        wrong = [
            f for f, (salt, value) in opened.items() if commitment(salt, f, value) != promised[f]
        ]
        if address != kept_as(str(opened.get("actor.ip", ("", ""))[1])):
            wrong.append("actor.ip")
    except (Unsealable, NotCanonical) as error:
        return str(error)
    return ", ".join(wrong)
