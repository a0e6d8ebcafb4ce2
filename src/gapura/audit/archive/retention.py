"""How long the log is kept: dated rules, when a month may leave, and erasing what is overdue."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from gapura.audit import events
from gapura.audit.archive.months import first_id_of, month_of, said, shifted
from gapura.audit.errors import BadAuditRule
from gapura.audit.events import Subject
from gapura.audit.models import AuditRule
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

ENTRIES, PERSONAL = "entries_in_database_months", "personal_parts_months"
KEYS = (ENTRIES, PERSONAL)
LEAST, MOST = 1, 1200
_BATCH = 5000
_OVERDUE = """
    SELECT event_id FROM audit_personal WHERE sealed IS NOT NULL AND event_id < %s
     ORDER BY event_id LIMIT 1
"""
_RECEIPT = """
    SELECT id FROM audit_event WHERE name = %s AND subject_kind = 'month' AND subject_id = %s
     ORDER BY id DESC LIMIT 1
"""
_ERASE = """
    UPDATE audit_personal p SET sealed = NULL, address = NULL, erased_by = %s
      FROM (SELECT event_id, part FROM audit_personal
             WHERE event_id >= %s AND event_id < %s AND sealed IS NOT NULL LIMIT %s) d
     WHERE p.event_id = d.event_id AND p.part = d.part AND p.sealed IS NOT NULL
"""


def months_kept(key: str, day: date) -> int:
    """The number of months that the rule in force on `day` says.

    :raises LookupError: when no rule is in force.
    """
    return int(AuditRule.value_at(key, day))


def may_leave(month: date, today: date, here: Sequence[date]) -> str:
    """Why a month may not leave the database yet; empty when it may.

    Months leave in order, so that the receipt of an erasure never leaves before what was erased.
    """
    if before := [one for one in here if one < month]:
        return f"{said(before[0])} is older and has to go first"
    first = shifted(month, months_kept(ENTRIES, today) + 1)
    if today < first:
        return f"the rule {ENTRIES} keeps it in the database until {first}"
    return ""


def all_rules() -> list[AuditRule]:
    """Every rule, past and to come, by key and time."""
    return list(AuditRule.objects.order_by("key", "valid_from"))


def set_rule(*, actor: Actor, key: str, months: int, since: date, basis: str) -> None:
    """Put a number of months in force from a day on; the row before ends and stays as it was.

    :raises BadAuditRule: an unknown key, a number out of bounds, no basis, a day in the past, or
        a rule that begins later already.
    """
    require(actor, Can.SET_RULE)
    if why := _mistake(key, months, since, basis):
        raise BadAuditRule(why=why)
    with transaction.atomic():
        rows = AuditRule.objects.select_for_update().filter(key=key, scope="")
        latest = rows.order_by("-valid_from").first()
        if latest and latest.valid_from >= since:
            raise BadAuditRule(why="a rule that begins on or after that day is there already")
        if latest and (latest.valid_to is None or latest.valid_to > since):
            latest.valid_to = since
            latest.save(update_fields=["valid_to"])
        AuditRule.objects.create(key=key, value=months, basis=basis, valid_from=since)
        facts = {"months": months, "since": since, "basis": basis}
        record(actor, events.RULE_SET, Subject("rule", key, key), facts=facts)


def _mistake(key: str, months: int, since: date, basis: str) -> str:
    if key not in KEYS:
        return f"there is no rule {key!r}"
    if not LEAST <= months <= MOST:
        return f"{LEAST} to {MOST} months are possible"
    if not basis.strip() or len(basis) > 300:
        return "its legal basis is missing or too long"
    return "" if since >= clock.today() else "the first day must not lie in the past"


def forget_overdue(*, actor: Actor) -> int:
    """Erase the personal parts whose time is over, month by month; answers how many.

    The receipt is written first and the parts are emptied in small steps after it: a run that is
    broken off is finished by the next one.
    """
    require(actor, Can.ERASE)
    today = clock.now().date()
    row = AuditRule.row_at(PERSONAL, today)
    if row is None:
        return 0
    bound, erased = shifted(today.replace(day=1), -int(row.value)), 0
    while month := _overdue(bound):
        receipt = _receipt(actor, month, int(row.value), row.basis)
        while done := _erase_some(receipt, month):
            erased += done
    return erased


def _overdue(bound: date) -> date | None:
    """The oldest month before the bound that still has personal values."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, [first_id_of(bound)])
        row = cursor.fetchone()
    return month_of(row[0]) if row else None


def _receipt(actor: Actor, month: date, months: int, basis: str) -> UUID:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_RECEIPT, [events.MONTH_FORGOTTEN.name, said(month)])
        if row := cursor.fetchone():
            known: UUID = row[0]
            return known
        subject = Subject("month", said(month), said(month))
        facts = {"basis": basis, "months": months}
        return record(actor, events.MONTH_FORGOTTEN, subject, facts=facts)


def _erase_some(receipt: UUID, month: date) -> int:
    params: list[Any] = [receipt, first_id_of(month), first_id_of(shifted(month, 1)), _BATCH]
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, params)
        return int(cursor.rowcount)
