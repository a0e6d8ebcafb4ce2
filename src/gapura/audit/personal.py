"""Checking clear personal values against their commitments; erasure must have its receipt."""

import json
from typing import Any
from uuid import UUID

from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit.canonical import NotCanonical
from gapura.audit.commitments import commitment, context, open_values
from gapura.audit.entries import ACTOR, SUBJECT, Row
from gapura.audit.events import ERASED
from gapura.audit.findings import Finding, Report
from gapura.kernel.encryption import Unsealable

Parts = dict[str, tuple[Any, UUID | None]]

_RECEIPTS = "SELECT id, subject_id FROM audit_event WHERE name = %s"


class Erasures:
    """The recorded erasures: which event erased whom."""

    def __init__(self, reader: BaseDatabaseWrapper) -> None:
        with reader.cursor() as cursor:
            cursor.execute(_RECEIPTS, [ERASED.name])
            self._receipts: dict[UUID, str] = dict(cursor.fetchall())

    def allow(self, receipt: UUID, person: str | None) -> bool:
        """Whether that event records the erasure of this person."""
        return person is not None and self._receipts.get(receipt) == person


def check_parts(index: int, row: Row, parts: Parts, erasures: Erasures, report: Report) -> int:
    """Report what does not fit; answers how many parts were lawfully erased."""
    erased = 0
    public = json.loads(row.commitments)
    for part, owner in ((ACTOR, row.actor_person), (SUBJECT, row.person)):
        promised = {f: c for f, c in public.items() if f.startswith("actor.") == (part == ACTOR)}
        sealed, erased_by = parts[part]
        if not promised:
            continue
        if sealed is not None:
            if reason := _misfit(promised, bytes(sealed), context(row.id, part)):
                report.add(Finding("personal_altered", index, UUID(row.id), {"reason": reason}))
        elif erased_by is not None and erasures.allow(erased_by, owner):
            erased += 1
        else:
            report.add(Finding("personal_missing", index, UUID(row.id)))
    return erased


def _misfit(promised: dict[str, str], sealed: bytes, place: str) -> str:
    """Why the kept values are not those that were promised; empty when they are."""
    try:
        opened = open_values(sealed, place)
        if opened.keys() != promised.keys():
            return ", ".join(sorted(opened.keys() ^ promised.keys()))
        wrong = [
            f for f, (salt, value) in opened.items() if commitment(salt, f, value) != promised[f]
        ]
    except (Unsealable, NotCanonical) as error:
        return str(error)
    return ", ".join(wrong)
