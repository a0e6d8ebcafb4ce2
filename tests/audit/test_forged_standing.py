"""Attacks on what explains a row: months archived too early, entries nobody signed, old tables."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from gapura.audit.archive.months import month_of, said
from gapura.audit.archive.numbers import absent_numbers
from gapura.audit.archive.retention import ENTRIES, LEAST, PERSONAL
from gapura.audit.bundle import moments
from gapura.audit.canonical import canonical
from gapura.audit.events import MONTH_ARCHIVED, Subject
from gapura.audit.offline.absent import ENTRIES_KEPT, PARTS_KEPT, count_in, free_from, places
from gapura.audit.offline.checking import check_bundle
from gapura.audit.services import export_bundle, record, verify_log
from gapura.kernel.ids import uuid7
from gapura.ops.cli import main
from tests.audit import superuser
from tests.audit.bundles import Auditor, Log, Psql, kinds
from tests.audit.test_archive import _sealed as seal
from tests.audit.test_archive import archived, back, old
from tests.audit.test_bundle import CONSOLE, remarks, rewrite
from tests.audit.test_bundle import kinds as found_in
from tests.audit.test_forged_bundles import lawful, remake
from tests.audit.test_forged_excuses import append, entries_of
from tests.audit.test_nine_attacks import auditor, evidence, log, psql

__all__ = ["auditor", "evidence", "lawful", "log", "old", "psql"]


def test_what_has_to_stay_is_the_least_that_a_rule_may_say() -> None:
    assert (LEAST[ENTRIES], LEAST[PERSONAL]) == (ENTRIES_KEPT, PARTS_KEPT)
    assert [free_from("2020-12", kept) for kept in (0, 1, 60)] == ["2021-01", "2021-02", "2026-01"]


def archive_now(log: Log, psql: Psql, **facts: Any) -> None:
    """All entries go; one that is sealed and signed says that their month lies in the archive."""
    month = said(month_of(UUID(psql("SELECT event_id FROM audit_leaf WHERE index = 7"))))
    psql("DELETE FROM audit_event; DELETE FROM audit_personal")
    numbers = absent_numbers(connection, month_of(uuid7()))
    one = {"entries": count_in(numbers), "manifest": "0" * 64}
    listed = [{"month": month, "places": places(numbers), **one}]
    with transaction.atomic():
        subject = Subject("month", month, month)
        told = {**one, "dropped": True, "archived": listed, **facts}
        record(CONSOLE, MONTH_ARCHIVED, subject, facts=told)
    log.seal()


def test_a_month_that_is_not_over_was_not_archived(log: Log, auditor: Auditor, psql: Psql) -> None:
    """Attack: archive the running month by hand, then change a row that no entry tells of now."""
    archive_now(log, psql)
    superuser.change_row(psql)
    told = auditor.check(log.export()[0])
    assert (told["exit_code"], told["whole"]) == (1, False)
    assert "archive_early" in kinds(told)
    assert {finding.kind for finding in verify_log().findings} == {"missing"}


def test_an_archive_without_dropping_excuses_nothing(
    log: Log, auditor: Auditor, psql: Psql
) -> None:
    """Attack: an entry of an archive that left the month in the database, with the month listed."""
    archive_now(log, psql, dropped=False)
    assert "archive" in kinds(auditor.check(log.export()[0]))
    assert {finding.kind for finding in verify_log().findings} == {"missing"}


def test_archived_months_that_were_not_given_are_not_called_whole(
    lawful: Path, tmp_path: Path
) -> None:
    """Attack: once anything is archived, lawfully or not, rows change with exit code 0."""
    report = check_bundle(lawful)
    assert (report.exit_code, report.as_json()["whole"], report.absent) == (2, False, 5)
    assert next(report.lines("en")).startswith("INCOMPLETE")
    assert next(report.lines("id")).startswith("BELUM LENGKAP")
    assert {"archived", "archive_wanted", "reconciled_in_part"} <= set(remarks(report))
    report = check_bundle(lawful, archives=[tmp_path / "month"])
    assert (report.exit_code, report.as_json()["whole"], report.entries) == (0, True, 8)
    assert remarks(report)["archive_read"] == {"count": 5}


def test_an_archive_is_held_against_the_tree_and_the_log(lawful: Path, tmp_path: Path) -> None:
    """Attack: hand over another archive, one byte changed, an entry less, nothing."""
    month, entries = tmp_path / "month", tmp_path / "month/entries.jsonl"
    assert check_bundle(lawful, archives=[tmp_path / "nothing"]).exit_code == 2
    for name in ("entries.jsonl", "parts.jsonl", "manifest.json"):
        whole = (month / name).read_bytes()
        (month / name).write_bytes(whole.replace(b"2020-03", b"2020-04", 1).replace(b"a", b"b", 1))
        assert check_bundle(lawful, archives=[month]).exit_code != 0, name
        (month / name).write_bytes(whole)
    lines = entries.read_bytes().splitlines(keepends=True)
    entries.write_bytes(b"".join(lines[:-1]))
    assert {"archive_file", "missing"} <= set(found_in(check_bundle(lawful, archives=[month])))
    entries.write_bytes(b"".join(reversed(lines)))
    assert "archive_file" in found_in(check_bundle(lawful, archives=[month]))
    entries.write_bytes(b"".join(lines))
    (month / "manifest.json").write_bytes((month / "manifest.json").read_bytes() + b" ")
    assert found_in(check_bundle(lawful, archives=[month])) == ["archive_other"]


def test_rows_are_compared_again_after_an_archive(
    log: Log, auditor: Auditor, psql: Psql, old: list[UUID], tmp_path: Path
) -> None:
    """Attack: change a row after a lawful archive: offline and live nothing was compared then."""
    archived(tmp_path / "month")
    log.seal()
    folders = [tmp_path / "month"]
    assert auditor.check(log.export()[0])["exit_code"] == 2
    assert auditor.check(log.export()[0], "--archive", str(folders[0]))["exit_code"] == 0
    assert verify_log(tables=True).exit_code == 2
    assert verify_log(tables=True, archives=folders).exit_code == 0
    superuser.change_row(psql)
    assert "row_differs" in kinds(auditor.check(log.export()[0], "--archive", str(folders[0])))
    assert [f.kind for f in verify_log(tables=True, archives=folders).findings] == ["row_differs"]


def test_a_row_with_an_entry_left_is_compared_without_the_archive_too(
    old: list[UUID], log: Log, psql: Psql, tmp_path: Path
) -> None:
    """Attack: the same, and the archive is kept away; the entry after it still tells."""
    archived(tmp_path / "month")
    log.end_grant()
    log.seal()
    superuser.change_row(psql)
    assert "row_differs" in found_in(check_bundle(log.export()[0]))
    assert "row_differs" in [finding.kind for finding in verify_log(tables=True).findings]


def made_up(folder: Path, grant: UUID) -> dict[str, Any]:
    """An entry that tells of a role that nobody gave."""
    issued = next(e for e in entries_of(folder) if e and e["name"] == "access.grant.issued")
    entry: dict[str, Any] = {
        **issued,
        "id": str(uuid7()),
        "name": "access.grant.activated",
        "recorded_at": json.loads((folder / "manifest.json").read_text())["made_at"],
        "xid": "999999",
        "subject_id": str(grant),
        "before": {"state": issued["after"]["state"]},
        "facts": issued["facts"] | {"role": "helpdesk"},
    }
    return entry


def widen(**tables: Any) -> Callable[[dict[str, Any]], None]:
    """Have the manifest say that the tables show more entries."""
    return lambda manifest: manifest["tables"].update(tables)


def test_an_entry_that_only_the_bundle_has_explains_no_row(
    log: Log, auditor: Auditor, psql: Psql
) -> None:
    """Attack: put a made-up entry among those that wait, or behind the last signature."""
    superuser.change_row(psql)
    waiting, tail = log.export()[0], log.export()[0]
    assert kinds(auditor.check(waiting)) == {"row_differs"}
    line = canonical(made_up(waiting, log.grant)) + b"\n"
    rewrite(waiting, "waiting.jsonl", line, waiting=1)
    assert kinds(auditor.check(waiting)) == {"row_differs"}
    remake(waiting, widen(xids=["999999"]))
    assert "row_unsigned" in kinds(auditor.check(waiting))
    append(tail, **made_up(tail, log.grant))
    remake(tail, widen(size=json.loads((tail / "manifest.json").read_text())["entries"]["size"]))
    assert "row_unsigned" in kinds(auditor.check(tail))


def test_an_entry_that_is_never_sealed_explains_no_row(
    log: Log, auditor: Auditor, psql: Psql, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: insert one of a transaction that never was, and keep its time fresh."""
    monkeypatch.setattr(moments, "PATIENCE", 0.3)
    superuser.change_row(psql)
    own = "('id', 'xid', 'recorded_at', 'name', 'facts', 'before', 'after')"
    columns = psql(
        "SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE attnum > 0 "
        f"AND attrelid = 'audit_event'::regclass AND NOT attisdropped AND attname NOT IN {own}"
    )
    psql(
        f"INSERT INTO audit_event (id, xid, recorded_at, name, facts, before, after, {columns}) "
        "SELECT (substr(id::text, 1, 24) || 'abcabcabcabc')::uuid, '9999999999'::xid8, now(), "
        "'access.grant.activated', jsonb_set(facts::jsonb, '{role}', '\"helpdesk\"'), "
        f"json_build_object('state', after::jsonb->>'state'), after, {columns} "
        "FROM audit_event WHERE name = 'access.grant.issued'"
    )
    for _ in range(2):
        log.write(2)
        log.seal()
    assert "row_unsigned" in kinds(auditor.check(log.export()[0]))
    assert "unsealed" in {finding.kind for finding in verify_log(tables=True).findings}


def test_tables_of_long_ago_are_found(log: Log, auditor: Auditor, psql: Psql) -> None:
    """Attack: hand over tables and say that they were read before the newest entries."""
    made = log.export()[0]
    later = "to_char(now() + interval '3 hours', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
    remake(made, widen(size=0, xids=[]))
    remake(made, lambda manifest: manifest.update(made_at=psql(f"SELECT {later}")))
    assert "tables_old" in kinds(auditor.check(made))


@pytest.mark.parametrize("tables", [None, {}, {"size": -1, "xids": []}, {"size": 1, "xids": [7]}])
def test_a_moment_of_the_tables_that_is_none_is_found(
    sealed: list[UUID], tmp_path: Path, tables: Any
) -> None:
    """Attack: values at which a careless reader stumbles."""
    export_bundle(actor=CONSOLE, target=tmp_path / "made")
    remake(tmp_path / "made", lambda manifest: manifest.update(tables=tables))
    assert found_in(check_bundle(tmp_path / "made")) == ["manifest"]


def test_an_honest_change_of_a_moment_ago_raises_no_alarm(log: Log, auditor: Auditor) -> None:
    """Honest: neither numbered nor signed when the export begins."""
    log.end_grant()
    assert auditor.check(log.export()[0])["findings"] == []


def test_a_folder_of_a_month_that_came_back_is_not_needed(old: list[UUID], tmp_path: Path) -> None:
    archived(tmp_path / "month")
    seal()
    back(tmp_path / "month")
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "made")
    report = check_bundle(tmp_path / "made", archives=[tmp_path / "month"])
    assert (report.exit_code, "archive_needless" in remarks(report)) == (0, True)


def test_the_command_takes_archives_for_a_bundle_and_for_the_database(
    lawful: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "month")
    assert main(["audit", "verify", str(lawful), "--language", "en"]) == 2
    assert main(["audit", "verify", str(lawful), "--archive", folder, "--language", "id"]) == 0
    assert main(["audit", "verify", "--language", "en"]) == 2
    assert main(["audit", "verify", "--archive", folder, "--language", "en"]) == 0
    assert main(["audit", "verify", "--archive", str(tmp_path / "no"), "--language", "en"]) == 2
    told = capsys.readouterr().out
    for words in (
        "INCOMPLETE: ",
        "UTUH: 8 catatan",
        "NOT COMPLETE: ",
        "is whole: ",
        "be read: The",
    ):
        assert words in told
