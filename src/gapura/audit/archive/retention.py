"""How long the log is kept: dated rules, when a month may leave, and erasing what is overdue."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from gapura.audit import events
from gapura.audit.archive.clocks import agreed_today, latest_today
from gapura.audit.archive.months import first_id_of, month_of, said, shifted
from gapura.audit.archive.turns import take_turn
from gapura.audit.errors import BadAuditRule
from gapura.audit.events import Subject
from gapura.audit.models import AuditRule
from gapura.audit.offline.absent import ENTRIES_KEPT, PARTS_KEPT
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

ENTRIES, PERSONAL = "entries_in_database_months", "personal_parts_months"
KEYS = (ENTRIES, PERSONAL)
# Erasing cannot be undone: five years at least (a guess: until the audits of the budget year are
# closed), and everybody can see a month ahead that a rule is coming. These bounds are no dated
# rows: verifiers hold them too, and whoever owns the table of rules must not lower them.
LEAST, MOST = {ENTRIES: ENTRIES_KEPT, PERSONAL: PARTS_KEPT}, 1200
NOTICE = {ENTRIES: timedelta(0), PERSONAL: timedelta(days=30)}
MONTHS_A_RUN = 3
_BATCH = 5000
# Ids tell the application's time, `recorded_at` the database's: both have to be overdue.
_OVERDUE = """
    SELECT p.event_id FROM audit_personal p JOIN audit_event e ON e.id = p.event_id
     WHERE p.sealed IS NOT NULL AND p.event_id < %s AND e.id < %s AND e.recorded_at < %s
     ORDER BY p.event_id LIMIT 1
"""
_RECEIPT = """
    SELECT id FROM audit_event WHERE name = %s AND subject_kind = 'month' AND subject_id = %s
     ORDER BY id DESC LIMIT 1
"""
_ERASE = """
    UPDATE audit_personal p SET sealed = NULL, address = NULL, erased_by = %s
      FROM (SELECT o.event_id, o.part FROM audit_personal o JOIN audit_event e ON e.id = o.event_id
             WHERE o.event_id >= %s AND o.event_id < %s AND o.sealed IS NOT NULL
               AND e.recorded_at < %s LIMIT %s) d
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

    A rule about personal parts begins 30 days later at the earliest: what it erases is gone.

    :raises BadAuditRule: an unknown key, a number out of bounds, no basis, a day in the past or
        within the notice, or a rule that begins later already.
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
        row = AuditRule.objects.create(key=key, value=months, basis=basis, valid_from=since)
        facts = {"months": months, "since": since, "basis": basis, "rule_id": row.pk}
        record(actor, events.RULE_SET, Subject("rule", key, key), facts=facts)


def _mistake(key: str, months: int, since: date, basis: str) -> str:
    if key not in KEYS:
        return f"there is no rule {key!r}"
    if not LEAST[key] <= months <= MOST:
        return f"{LEAST[key]} to {MOST} months are possible"
    if not basis.strip() or len(basis) > 300:
        return "its legal basis is missing or too long"
    if since >= latest_today(clock.today()) + NOTICE[key]:
        return ""
    if NOTICE[key]:
        return f"it erases for good, so it begins {NOTICE[key].days} days from now at the earliest"
    return "the first day must not lie in the past"


def forget_overdue(*, actor: Actor) -> int:
    """Erase the personal parts whose time is over, month by month; answers how many.

    The receipt is written first and the parts are emptied in small steps after it: a run that is
    broken off is finished by the next one. A run takes the oldest months, MONTHS_A_RUN at most.

    :raises ClockAstray: when the clocks do not agree; nothing is erased then.
    """
    require(actor, Can.ERASE)
    row, bound = _bound(clock.now().date())
    if row is None or _overdue(bound) is None:
        return 0
    row, bound = _bound(agreed_today())
    erased = taken = 0
    while row and taken < MONTHS_A_RUN and (month := _overdue(bound)):
        taken += 1
        receipt = _receipt(actor, month, int(row.value), row.basis)
        while done := _erase_some(receipt, month, bound):
            erased += done
    return erased


def _bound(today: date) -> tuple[AuditRule | None, date]:
    """The rule in force, and the first month that it keeps."""
    row = AuditRule.row_at(PERSONAL, today)
    return row, shifted(today.replace(day=1), -int(row.value)) if row else date.min


def first_kept(today: date) -> date:
    """The first month whose personal values are kept on that day; without a rule all are."""
    return _bound(today)[1]


def _overdue(bound: date) -> date | None:
    """The oldest month before the bound that has personal values written before it."""
    first = first_id_of(bound)
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, [first, first, _start(bound)])
        row = cursor.fetchone()
    return month_of(row[0]) if row else None


def _start(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _receipt(actor: Actor, month: date, months: int, basis: str) -> UUID:
    with transaction.atomic(), connection.cursor() as cursor:
        take_turn()
        cursor.execute(_RECEIPT, [events.MONTH_FORGOTTEN.name, said(month)])
        if row := cursor.fetchone():
            known: UUID = row[0]
            return known
        subject = Subject("month", said(month), said(month))
        facts = {"basis": basis, "months": months}
        return record(actor, events.MONTH_FORGOTTEN, subject, facts=facts)


def _erase_some(receipt: UUID, month: date, bound: date) -> int:
    first, past = first_id_of(month), first_id_of(shifted(month, 1))
    params: list[Any] = [receipt, first, past, _start(bound), _BATCH]
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, params)
        return int(cursor.rowcount)
