"""Attacks on receipts, clocks and policies: who was erased when, who saw it when, who counts."""

import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from gapura.audit import keys
from gapura.audit.archive.months import month_of, said
from gapura.audit.events import MONTH_FORGOTTEN, Subject
from gapura.audit.offline.checking import check_bundle
from gapura.audit.offline.signatures import BadNote
from gapura.audit.offline.trust import read_policy
from gapura.audit.services import erase_personal, export_bundle, record, verify_log
from gapura.kernel.actor import Actor
from tests.audit import bundles
from tests.audit.bundles import Auditor, Log, kinds
from tests.audit.conftest import Attack, Note
from tests.audit.test_archive import _sealed as seal
from tests.audit.test_bundle import CONSOLE, made, remarks, rewrite
from tests.audit.test_bundle import kinds as found_in
from tests.audit.test_forged_bundles import remake
from tests.audit.test_nine_attacks import auditor, evidence, log
from tests.audit.test_offline import policy_of

__all__ = ["auditor", "evidence", "log", "made"]

BASIS = "UU 27/2022 pasal 43"
EMPTY = "UPDATE audit_personal SET sealed = NULL, address = NULL, erased_by = %s"


def forgotten(month: str) -> UUID:
    """The receipt by which the personal parts of a month are erased."""
    with transaction.atomic():
        facts = {"basis": BASIS, "months": 120}
        return record(CONSOLE, MONTH_FORGOTTEN, Subject("month", month, month), facts=facts)


def test_a_month_that_is_not_over_for_long_was_not_forgotten(
    sealed: list[UUID], attack: Attack, tmp_path: Path
) -> None:
    """Attack: forget the running month by hand."""
    attack(EMPTY, forgotten(said(month_of(sealed[4]))))
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    report = check_bundle(tmp_path / "made")
    assert set(found_in(report)) == {"personal_missing"}
    assert "erased" not in remarks(report)
    assert {finding.kind for finding in verify_log().findings} == {"personal_missing"}


def test_the_last_erasure_excuses_nothing_that_came_after_it(
    note: Note, siti: Actor, attack: Attack, tmp_path: Path
) -> None:
    """Attack: erase somebody once, then empty all that the person does later."""
    assert siti.person
    note(1, actor=siti)
    seal()
    erase_personal(actor=CONSOLE, person=siti.person, basis=BASIS)
    seal()
    note(4, actor=siti)
    seal()
    named = "(SELECT id FROM audit_event WHERE name = 'audit.person.erased')"
    attack(f"{EMPTY.replace('%s', named)} WHERE sealed IS NOT NULL AND person = %s", siti.person)
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    report = check_bundle(tmp_path / "made")
    assert found_in(report) == ["personal_missing"] * 4
    assert remarks(report)["erased"]["count"] == 1
    assert [finding.kind for finding in verify_log().findings] == ["personal_missing"] * 4


def test_who_was_writing_when_somebody_was_erased_raises_no_alarm(
    note: Note, siti: Actor, attack: Attack, tmp_path: Path
) -> None:
    """Honest: a transaction that had begun before the erasure, and got its number after it."""
    assert siti.person
    note(1)
    erase_personal(actor=CONSOLE, person=siti.person, basis=BASIS)
    (late,) = note(1, actor=siti)
    attack("UPDATE audit_event SET recorded_at = recorded_at - interval '1 s' WHERE id = %s", late)
    named = "(SELECT id FROM audit_event WHERE name = 'audit.person.erased')"
    attack(f"{EMPTY.replace('%s', named)} WHERE person = %s", siti.person)
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    assert check_bundle(tmp_path / "made").exit_code == 0
    assert verify_log().exit_code == 0


@pytest.fixture
def shift(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The clock of the witness, so many days ahead of ours."""
    clock = SimpleNamespace(days=0)
    monkeypatch.setattr(
        bundles, "time", SimpleNamespace(time=lambda: time.time() + clock.days * 86400)
    )
    return clock


def test_entries_dated_long_before_they_were_cosigned_are_found(
    shift: SimpleNamespace, log: Log, auditor: Auditor
) -> None:
    """Attack: set the clocks of the operator back together, and backdate all that follows."""
    assert auditor.check(log.export()[0])["findings"] == []
    shift.days = 30
    for _ in range(2):
        log.write(3)
        log.seal()
    assert kinds(auditor.check(log.export()[0])) == {"backdated"}


def test_entries_dated_long_after_they_were_cosigned_are_found(
    shift: SimpleNamespace, log: Log, auditor: Auditor
) -> None:
    """Attack: set the clocks of the operator ahead together, so that months seem to be over."""
    shift.days = -30
    log.write(3)
    log.seal()
    told = auditor.check(log.export()[0])
    assert kinds(told) == {"ahead"}
    assert {remark["kind"] for remark in told["remarks"]} >= {"not_today_cosigned"}


KEY = policy_of("none").split("\n")[0]


@pytest.mark.parametrize(
    ("line", "by"),
    [
        ("quorum two\n", ""),
        ("group two 2 a b c", "group two 0 a b c"),
        ("group two 2 a b c", "group two 4 a b c"),
        ("group two 2 a b c", "group two 02 a b c"),
        ("group two 2 a b c", "group two 2 a a b"),
        ("group both any two", "group both any two a"),
        ("group both any two", "group two any two"),
        ("quorum two", "quorum two\nquorum none"),
        ("quorum two", "quorum two more"),
        pytest.param(KEY, f"{KEY}\n{KEY}", id="a log twice"),
        ("# people", "\x1b people"),
        ("# people", "\n" * 500 + "# people"),
    ],
)
def test_a_policy_that_asks_for_less_than_it_seems_is_refused(line: str, by: str) -> None:
    """Attack: a group of nobody, one witness counted twice, a quorum left out."""
    text = policy_of("two")
    assert read_policy(text).quorum == "two"
    assert line in text
    with pytest.raises(BadNote):
        read_policy(text.replace(line, by, 1))


def test_one_witness_under_two_names_is_refused() -> None:
    """Attack: the key of one witness stands for a second one."""
    lines = policy_of("two").split("\n")
    second = next(at for at, line in enumerate(lines) if line.startswith("witness b "))
    lines[second] = next(x for x in lines if x.startswith("witness a ")).replace(" a ", " b ", 1)
    with pytest.raises(BadNote):
        read_policy("\n".join(lines))


def test_a_policy_without_witnesses_is_remarked(made: Path) -> None:
    assert keys.policy().quorum == "none"
    assert "no_quorum" in remarks(check_bundle(made))


def test_the_report_says_of_when_it_is(log: Log, auditor: Auditor) -> None:
    """Attack: hand over last year's bundle as today's."""
    made = log.export()[0]
    told = auditor.check(made)
    manifest = json.loads((made / "manifest.json").read_text())
    assert told["made_at"] == manifest["made_at"]
    assert (told["newest"], told["newest_size"]) == ("2", manifest["entries"]["size"])
    assert abs(datetime.fromisoformat(told["cosigned_at"]) - datetime.now(UTC)) < timedelta(hours=1)
    assert any(told["made_at"] in line for line in check_bundle(made).lines("id"))
    ahead = datetime.now(UTC).replace(tzinfo=None) + timedelta(days=400)
    remake(made, lambda m: m.update(made_at=f"{ahead.isoformat(timespec='microseconds')}Z"))
    assert "not_today_made" in {remark["kind"] for remark in auditor.check(made)["remarks"]}


def test_a_cosignature_of_no_time_counts_for_nothing(log: Log, auditor: Auditor) -> None:
    """Attack: notes without the lines of the witness the policy demands."""
    made = log.export()[0]
    rows = [json.loads(line) for line in (made / "checkpoints.jsonl").read_bytes().splitlines()]
    for row in rows:
        head, _, signed = row["note"].rpartition("\n\n")
        row["note"] = f"{head}\n\n{signed.split(chr(10))[0]}\n"
    data: Any = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
    rewrite(made, "checkpoints.jsonl", data)
    told = Auditor(auditor.folder).check(made)
    assert ("unwitnessed" in kinds(told), told["cosigned_at"]) == (True, "")
