"""What the owner of the database does with triggers off, and how the check names it."""

import json
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from gapura.audit import verify
from gapura.audit.findings import KINDS, Finding, Report
from gapura.audit.queries import verified_up_to
from gapura.audit.services import checkpoint, seal_all, verify_log
from gapura.audit.tree.merkle import EMPTY_ROOT, leaf_hash
from tests.audit.conftest import Attack, Note

DISAGREE = ("claim", "object", "column", "said", "known", "row", "told")
ERASE = "UPDATE audit_personal SET sealed = NULL, erased_by = %s WHERE event_id = %s"


def found(report: Report) -> set[tuple[str, int | None, UUID | None]]:
    return {(finding.kind, finding.index, finding.event) for finding in report.findings}


def kinds(report: Report) -> set[str]:
    return {finding.kind for finding in report.findings}


def test_an_empty_log_is_whole(transactional_db: None) -> None:
    report = verify_log()
    assert (report.exit_code, report.entries, report.root) == (0, 0, EMPTY_ROOT)


def test_an_honest_log_is_whole(sealed: list[UUID], note: Note) -> None:
    note(2)
    progress: list[tuple[int, int]] = []
    report = verify_log(lambda done, total: progress.append((done, total)))
    assert report.exit_code == 0, report.findings
    assert (report.entries, report.checkpoints, report.number, report.waiting) == (11, 2, 2, 2)
    assert progress[-1] == (11, 11)
    assert json.loads(json.dumps(report.as_json()))["whole"] is True


def test_the_check_changes_nothing_and_sees_one_moment(sealed: list[UUID]) -> None:
    before = verified_up_to()
    verify_log()
    assert verified_up_to() == before


@pytest.mark.parametrize(
    "change",
    [
        "agency = 'K02'", "actor_username = 'ani'", "facts = '{\"thing\":\"y\"}'",
        "occurred_at = occurred_at - interval '1 second'", "person = gen_random_uuid()",
        "facts = '{\"thing\": \"x\"}'", "result = 'refused'", "commitments = '{}'",
    ],
)  # fmt: skip
def test_an_altered_entry_is_found(sealed: list[UUID], attack: Attack, change: str) -> None:
    attack(f"UPDATE audit_event SET {change} WHERE id = %s", sealed[4])
    report = verify_log()
    assert ("altered", 4, sealed[4]) in found(report)
    assert report.exit_code == 1


def test_an_altered_entry_whose_hash_was_replaced_too_is_found(
    sealed: list[UUID], attack: Attack
) -> None:
    attack("UPDATE audit_leaf SET hash = %s WHERE index = 4", leaf_hash(b"forged"))
    assert {("tree", 4, None), ("root", 0, None)} <= found(verify_log())


def test_a_missing_entry_is_found(sealed: list[UUID], attack: Attack) -> None:
    attack("DELETE FROM audit_event WHERE id = %s", sealed[7])
    report = verify_log()
    assert ("missing", 7, sealed[7]) in found(report)


def test_a_missing_entry_with_its_leaf_is_found(sealed: list[UUID], attack: Attack) -> None:
    attack("DELETE FROM audit_event WHERE id = %s", sealed[7])
    attack("DELETE FROM audit_leaf WHERE index = 7")
    assert found(verify_log()) == {("gap", 7, None)}


def test_a_missing_entry_whose_followers_moved_up_is_found(
    sealed: list[UUID], attack: Attack
) -> None:
    attack("DELETE FROM audit_event WHERE id = %s", sealed[7])
    attack("DELETE FROM audit_leaf WHERE index = 7")
    for index in (8, 9, 10):
        attack("UPDATE audit_leaf SET index = index - 1 WHERE index = %s", index)
    report = verify_log()
    assert ("short", 10, None) in found(report)
    assert any(f.kind == "tree" and f.index == 6 for f in report.findings)


def test_a_cut_off_end_is_found(sealed: list[UUID], attack: Attack) -> None:
    for event in sealed[9:]:
        attack("DELETE FROM audit_event WHERE id = %s", event)
    attack("DELETE FROM audit_leaf WHERE index >= 9")
    assert ("short", 9, None) in found(verify_log())


def test_entries_in_each_others_place_are_found(sealed: list[UUID], attack: Attack) -> None:
    swap(attack, 2, 8, "event_id")
    assert {("reordered", 2, sealed[8]), ("reordered", 8, sealed[2])} <= found(verify_log())


@pytest.mark.parametrize(("first", "second"), [(2, 3), (2, 8), (9, 10)])
def test_entries_that_swapped_places_with_their_hashes_are_found(
    sealed: list[UUID], attack: Attack, first: int, second: int
) -> None:
    swap(attack, first, second, "event_id", "hash")
    report = verify_log()
    assert "reordered" in kinds(report)
    assert kinds(report) & {"tree", "root"}


def swap(attack: Attack, first: int, second: int, *columns: str) -> None:
    """Exchange columns of two leaves."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT event_id, hash FROM audit_leaf WHERE index IN (%s, %s) ORDER BY index",
            [first, second],
        )
        one, two = cursor.fetchall()
    attack("UPDATE audit_leaf SET event_id = gen_random_uuid() WHERE index = %s", first)
    for index, (event, digest) in ((second, one), (first, two)):
        attack("UPDATE audit_leaf SET event_id = %s WHERE index = %s", event, index)
        if "hash" in columns:
            attack("UPDATE audit_leaf SET hash = %s WHERE index = %s", digest, index)


def test_an_entry_put_in_afterwards_is_found(sealed: list[UUID], attack: Attack) -> None:
    attack(
        "UPDATE audit_event SET recorded_at = recorded_at - interval '1 day' WHERE id = %s",
        sealed[10],
    )
    attack("DELETE FROM audit_leaf WHERE index = 10")
    assert ("unsealed", None, sealed[10]) in found(verify_log())


def test_a_damaged_node_is_named_once(sealed: list[UUID], attack: Attack) -> None:
    attack("UPDATE audit_node SET hash = sha256('x') WHERE level = 1 AND index = 2")
    assert found(verify_log()) == {("tree", 4, None)}


def test_a_missing_and_a_surplus_node_are_found(sealed: list[UUID], attack: Attack) -> None:
    attack("DELETE FROM audit_node WHERE level = 1 AND index = 2")
    attack("INSERT INTO audit_node (level, index, hash) VALUES (1, 5, sha256('x'))")
    assert found(verify_log()) == {("node", 4, None), ("extra", 10, None)}


@pytest.mark.parametrize(
    ("damage", "kind"),
    [
        ("UPDATE audit_checkpoint SET note = replace(note, '6', '5')", "signature"),
        ("UPDATE audit_checkpoint SET root = sha256('x') WHERE number = 1", "statement"),
        ("DELETE FROM audit_checkpoint WHERE number = 1", "number"),
    ],
)  # fmt: skip
def test_a_changed_checkpoint_is_found(
    sealed: list[UUID], attack: Attack, damage: str, kind: str
) -> None:
    attack(damage)
    assert kind in kinds(verify_log())


def test_a_history_rebuilt_and_signed_anew_falls_to_a_kept_checkpoint(
    sealed: list[UUID], attack: Attack
) -> None:
    kept = verified_up_to().note
    for table in ("leaf", "node", "checkpoint"):
        attack(f"DELETE FROM audit_{table}")
    attack("UPDATE audit_event SET agency = 'K02' WHERE id = %s", sealed[4])
    seal_all()
    checkpoint(now=True)
    assert verify_log().exit_code == 0
    report = verify_log(kept=[kept])
    assert kinds(report) == {"root"}
    assert report.findings[0].values["number"] == "(1)"


def test_a_kept_checkpoint_of_an_honest_log_fits(sealed: list[UUID], note: Note) -> None:
    kept = verified_up_to().note
    note(4)
    seal_all()
    assert verify_log(kept=[kept]).exit_code == 0
    assert kinds(verify_log(kept=["rubbish"])) == {"signature"}


def test_a_changed_personal_value_is_found(sealed: list[UUID], attack: Attack) -> None:
    attack(
        "UPDATE audit_personal SET sealed = sealed || '\\x00'::bytea WHERE event_id = %s", sealed[3]
    )
    assert found(verify_log()) == {("personal_altered", 3, sealed[3])}


def test_personal_values_of_another_entry_are_found(sealed: list[UUID], attack: Attack) -> None:
    attack(
        "UPDATE audit_personal p SET sealed = o.sealed FROM audit_personal o "
        "WHERE o.event_id = %s AND p.event_id = %s",
        sealed[1],
        sealed[3],
    )
    assert found(verify_log()) == {("personal_altered", 3, sealed[3])}


def test_personal_values_taken_away_without_receipt_are_found(
    sealed: list[UUID], attack: Attack
) -> None:
    attack("DELETE FROM audit_personal WHERE event_id = %s", sealed[3])
    attack(
        "UPDATE audit_personal SET sealed = NULL, erased_by = %s WHERE event_id = %s",
        sealed[0],
        sealed[4],
    )
    expected = {("personal_missing", 3, sealed[3]), ("personal_missing", 4, sealed[4])}
    assert found(verify_log()) == expected


def test_the_report_speaks_both_languages(sealed: list[UUID], attack: Attack) -> None:
    attack("DELETE FROM audit_event WHERE id = %s", sealed[7])
    report = verify_log()
    for language in ("en", "id"):
        lines = list(report.lines(language))
        assert len(lines) == 1 + report.found
        assert str(sealed[7]) in lines[1]
        assert "7" in lines[1]


@pytest.mark.parametrize("kind", KINDS)
def test_every_finding_has_a_sentence(kind: str) -> None:
    values = dict.fromkeys(("last", "number", "size", "reason", "table", *DISAGREE), "x")
    assert "%" not in Finding(kind, 0, UUID(int=1), values).text()


def test_thousands_of_findings_are_counted_and_the_first_kept() -> None:
    report = Report()
    for index in range(1500):
        report.add(Finding("missing", index))
    assert (report.found, len(report.findings), report.exit_code) == (1500, 1000, 1)


def test_a_log_that_cannot_be_read_is_not_called_whole(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: BaseDatabaseWrapper) -> None:
        raise OperationalError("connection refused")

    with monkeypatch.context() as patch:
        patch.setattr(type(connections["default"]), "connect", refuse)
        report = verify_log()
    assert report.exit_code == 2
    assert "connection refused" in next(report.lines("en"))


def test_entries_of_while_the_check_runs_are_not_overdue() -> None:
    """A check of a large log takes minutes: what was young when it began is no false alarm."""
    assert "clock_timestamp" not in verify._UNSEALED
    assert "now()" in verify._UNSEALED
