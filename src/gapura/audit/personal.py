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
from gapura.kernel.encryption import Unsealable

Parts = dict[str, tuple[Any, UUID | None]]

_NUMBER = "SELECT index FROM audit_leaf WHERE event_id = %s"
_RECEIPTS = "SELECT id, name, subject_id FROM audit_event WHERE name = ANY(%s)"


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
            self._receipts = {row[0]: (row[1], row[2]) for row in cursor.fetchall()}

    def allow(self, receipt: UUID, person: str | None, event: str, index: int) -> bool:
        """Whether that event records the erasure of this person, or of this entry's month.

        `index` is the entry's number.
        """
        found = self._receipts.get(receipt)
        if found is None:
            return month_of(receipt) in self._archived and index < self._number(receipt)
        return found in {
            (ERASED.name, person),
            (MONTH_FORGOTTEN.name, said(month_of(UUID(event)))),
        }

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
            if reason := _misfit(promised, bytes(sealed), context(row.id, part), wanted):
                report.add(Finding("personal_altered", index, UUID(row.id), {"reason": reason}))
        elif erased_by is not None and erasures.allow(erased_by, owner, row.id, index):
            erased += 1
        else:
            report.add(Finding("personal_missing", index, UUID(row.id)))
    return erased


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
