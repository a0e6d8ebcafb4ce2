"""Rules of keeping: dated, superseded, and what becomes of personal parts whose time is over."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit import keys
from gapura.audit.archive import partitions, retention
from gapura.audit.archive.retention import ENTRIES, PERSONAL, months_kept
from gapura.audit.errors import BadAuditRule, ClockAstray
from gapura.audit.queries import keeping_rules
from gapura.audit.services import checkpoint, forget_overdue, seal_all, set_rule, verify_log
from gapura.audit.tree.cosignatures import signed_by
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from tests.audit.conftest import Attack, Note

CONSOLE = system_actor("console")
Past = Callable[[datetime, int], None]
OLD, YOUNG = datetime(2013, 5, 9, tzinfo=UTC), datetime(2020, 5, 9, tzinfo=UTC)


@pytest.fixture
def past(note: Note, attack: Attack) -> Past:
    """Entries of long ago, with the database's own time of writing of then."""

    def write(moment: datetime, count: int) -> None:
        with clock.frozen(moment):
            made = note(count)
        attack("UPDATE audit_event SET recorded_at = %s WHERE id = ANY(%s)", moment, made)

    return write


def signed() -> None:
    seal_all()
    checkpoint(now=True)


def later(days: int) -> datetime:
    return clock.now() + timedelta(days=days)


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


def test_a_personal_rule_waits_for_its_notice_and_has_a_minimum(db: None) -> None:
    """Attack: one month from today on, and the next night erases everything."""
    for months, days, why in ((59, 60, "60 to"), (60, 0, "30 days"), (60, 29, "30 days")):
        since = clock.today() + timedelta(days=days)
        with pytest.raises(BadAuditRule, match=why):
            set_rule(actor=CONSOLE, key=PERSONAL, months=months, since=since, basis="Decision 7")
    set_rule(
        actor=CONSOLE, key=PERSONAL, months=60, since=clock.today() + timedelta(days=31), basis="x"
    )
    assert months_kept(PERSONAL, clock.today()) == 120


def test_a_clock_set_back_does_not_shorten_the_notice(db: None) -> None:
    """Attack: set the application's clock back, so that the notice is over at once."""
    with clock.frozen(later(-60)), pytest.raises(BadAuditRule, match="30 days"):
        set_rule(
            actor=CONSOLE,
            key=PERSONAL,
            months=60,
            since=clock.today() + timedelta(days=31),
            basis="Decision 7",
        )


def test_personal_parts_are_erased_when_their_time_is_over(
    note: Note, transactional_db: None, past: Past
) -> None:
    for moment in (OLD, YOUNG):
        past(moment, 2)
    note(1)
    signed()
    assert forget_overdue(actor=CONSOLE) == 2
    assert forget_overdue(actor=CONSOLE) == 0
    assert open_parts() == [2020, clock.now().year]
    signed()
    report = verify_log()
    assert (report.exit_code, report.erased) == (0, 2)


@pytest.mark.parametrize(("written", "days"), [(YOUNG, 11 * 365), (OLD, -365)])
def test_a_clock_of_another_day_erases_nothing(
    note: Note, transactional_db: None, past: Past, written: datetime, days: int
) -> None:
    """Attack: set the application's clock eleven years ahead for one night."""
    past(written, 1)
    note(1)
    signed()
    with clock.frozen(later(days)), pytest.raises(ClockAstray, match="database"):
        forget_overdue(actor=CONSOLE)
    assert open_parts() == [written.year, clock.now().year]


def test_clocks_that_witnesses_contradict_erase_nothing(
    note: Note, transactional_db: None, past: Past, attack: Attack
) -> None:
    """Attack: set the clocks of application and database ahead together."""
    past(OLD, 1)
    signed()
    attack(
        "INSERT INTO audit_cosignature (number, witness, line, at) "
        "SELECT number, 'w1', '', at - interval '61 minutes' FROM audit_checkpoint"
    )
    with pytest.raises(ClockAstray, match="witness"):
        forget_overdue(actor=CONSOLE)
    assert open_parts() == [2013]


@pytest.mark.parametrize("days", [None, 2, -2])
def test_without_witnesses_of_today_nothing_is_erased(
    past: Past,
    transactional_db: None,
    attack: Attack,
    tmp_path: Path,
    settings: Any,
    days: int | None,
) -> None:
    """Attack: keep the witnesses away, then set all clocks of the operator ahead together."""
    key = signed_by(Ed25519PrivateKey.generate(), "audit.example/w1")
    policy = tmp_path / "policy"
    policy.write_text(f"log {keys.published_key()}\nwitness w1 {key}\nquorum w1\n")
    settings.LOG_POLICY = str(policy)
    past(OLD, 1)
    signed()
    store = "INSERT INTO audit_cosignature (number, witness, line, at) VALUES (%s, %s, '', %s)"
    if days:
        attack(store, 0, key.name, later(days))
    with pytest.raises(ClockAstray, match="witnesses"):
        forget_overdue(actor=CONSOLE)
    assert open_parts() == [2013]
    attack(store, 1, key.name, clock.now())
    assert forget_overdue(actor=CONSOLE) == 1


@pytest.mark.parametrize("by", ["2 hours", "-25 hours"])
def test_a_log_without_a_checkpoint_of_today_erases_nothing(
    transactional_db: None, past: Past, attack: Attack, by: str
) -> None:
    """Attack: stop the signer, then turn the clocks; or turn them back after a checkpoint."""
    past(OLD, 1)
    with pytest.raises(ClockAstray, match="signed"):
        forget_overdue(actor=CONSOLE)
    signed()
    attack("UPDATE audit_checkpoint SET at = at + %s::interval", by)
    with pytest.raises(ClockAstray, match="signed"):
        forget_overdue(actor=CONSOLE)
    assert open_parts() == [2013]


def test_entries_written_under_a_wrong_clock_are_as_young_as_the_database_says(
    note: Note, transactional_db: None
) -> None:
    """Attack: write while the clock stands at 2013, so that the next night erases it."""
    with clock.frozen(OLD):
        note(2)
    signed()
    assert forget_overdue(actor=CONSOLE) == 0
    assert open_parts() == [2013]


def test_one_run_erases_few_months(note: Note, transactional_db: None, past: Past) -> None:
    """Attack: whatever the reason, one night must not erase years."""
    for month in range(1, 6):
        past(OLD.replace(month=month), 1)
    signed()
    assert [forget_overdue(actor=CONSOLE) for _ in range(3)] == [3, 2, 0]


def test_erasing_goes_on_after_a_crash_with_the_same_receipt(
    past: Past, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    past(OLD, 3)
    signed()
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
    past: Past, transactional_db: None, attack: Attack
) -> None:
    """Attack: empty younger parts and name the receipt of an old month."""
    for moment in (OLD, YOUNG):
        past(moment, 1)
    signed()
    forget_overdue(actor=CONSOLE)
    attack(
        "UPDATE audit_personal SET sealed = NULL, address = NULL, erased_by = "
        "(SELECT id FROM audit_event WHERE name = 'audit.month.forgotten') WHERE sealed IS NOT NULL"
    )
    seal_all()
    assert {finding.kind for finding in verify_log().findings} == {"personal_missing"}
