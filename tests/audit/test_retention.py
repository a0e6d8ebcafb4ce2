"""Rules of keeping: dated, superseded, and what becomes of personal parts whose time is over."""

from datetime import UTC, date, datetime

import pytest

from gapura.audit.archive import partitions, retention
from gapura.audit.archive.retention import ENTRIES, PERSONAL, months_kept
from gapura.audit.errors import BadAuditRule
from gapura.audit.queries import keeping_rules
from gapura.audit.services import checkpoint, forget_overdue, seal_all, set_rule, verify_log
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from tests.audit.conftest import Attack, Note

CONSOLE = system_actor("console")
OLD, YOUNG = datetime(2013, 5, 9, tzinfo=UTC), datetime(2020, 5, 9, tzinfo=UTC)


def open_parts() -> list[int]:
    rows = partitions.rows(
        "SELECT extract(year FROM to_timestamp(('x' || left(replace(event_id::text, '-', ''), 12))"
        "::bit(48)::bigint / 1000)) FROM audit_personal WHERE sealed IS NOT NULL"
    )
    return sorted({int(row[0]) for row in rows})


def test_the_defaults_are_dated_and_say_what_is_guessed(db: None) -> None:
    day = date(2026, 1, 1)
    assert (months_kept(ENTRIES, day), months_kept(PERSONAL, day)) == (60, 120)
    assert all("guess" in rule["basis"] for rule in keeping_rules(day))


def test_a_rule_is_superseded_from_a_day_on(db: None) -> None:
    today = clock.today()
    set_rule(actor=CONSOLE, key=ENTRIES, months=24, since=today, basis="Decision 7/2026")
    assert months_kept(ENTRIES, today) == 24
    assert months_kept(ENTRIES, date(2025, 1, 1)) == 60
    with pytest.raises(BadAuditRule, match="there already"):
        set_rule(actor=CONSOLE, key=ENTRIES, months=36, since=today, basis="Decision 8/2026")


@pytest.mark.parametrize(
    ("key", "months", "since", "basis"),
    [
        ("other", 10, None, "x"),
        (ENTRIES, 0, None, "x"),
        (ENTRIES, 1201, None, "x"),
        (ENTRIES, 10, None, " "),
        (ENTRIES, 10, date(2020, 1, 1), "x"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(
    db: None, key: str, months: int, since: date | None, basis: str
) -> None:
    with pytest.raises(BadAuditRule):
        set_rule(actor=CONSOLE, key=key, months=months, since=since or clock.today(), basis=basis)


def test_only_the_system_sets_rules(db: None, budi: Actor) -> None:
    with pytest.raises(Refused):
        set_rule(actor=budi, key=ENTRIES, months=9, since=clock.today(), basis="x")


def test_personal_parts_are_erased_when_their_time_is_over(
    note: Note, transactional_db: None
) -> None:
    for moment in (OLD, YOUNG):
        with clock.frozen(moment):
            note(2)
    note(1)
    seal_all()
    assert forget_overdue(actor=CONSOLE) == 2
    assert forget_overdue(actor=CONSOLE) == 0
    assert open_parts() == [2020, clock.now().year]
    seal_all()
    checkpoint(now=True)
    report = verify_log()
    assert (report.exit_code, report.erased) == (0, 2)


def test_erasing_goes_on_after_a_crash_with_the_same_receipt(
    note: Note, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.frozen(OLD):
        note(3)
    monkeypatch.setattr(retention, "_BATCH", 1)
    with monkeypatch.context() as patch:
        patch.setattr(retention, "_erase_some", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            forget_overdue(actor=CONSOLE)
    assert forget_overdue(actor=CONSOLE) == 3
    receipts = "SELECT count(DISTINCT erased_by) FROM audit_personal WHERE sealed IS NULL"
    named = "SELECT count(*) FROM audit_event WHERE name = 'audit.month.forgotten'"
    assert (partitions.rows(receipts), partitions.rows(named)) == ([(1,)], [(1,)])


def test_a_receipt_of_one_month_excuses_no_other(
    note: Note, transactional_db: None, attack: Attack
) -> None:
    """Attack: empty younger parts and name the receipt of an old month."""
    for moment in (OLD, YOUNG):
        with clock.frozen(moment):
            note(1)
    forget_overdue(actor=CONSOLE)
    attack(
        "UPDATE audit_personal SET sealed = NULL, address = NULL, erased_by = "
        "(SELECT id FROM audit_event WHERE name = 'audit.month.forgotten') WHERE sealed IS NOT NULL"
    )
    seal_all()
    assert {finding.kind for finding in verify_log().findings} == {"personal_missing"}
