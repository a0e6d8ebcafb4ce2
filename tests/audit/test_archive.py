"""A month into files and back: whole, in order, after crashes, and never from tampered files."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gapura.audit.archive import archiving, partitions, restoring
from gapura.audit.archive import files as archive_files
from gapura.audit.errors import BadArchive, BadMonth
from gapura.audit.offline.absent import places
from gapura.audit.queries import archived_months
from gapura.audit.services import (
    archive_month,
    checkpoint,
    erase_personal,
    restore_month,
    seal_all,
    verify_log,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from tests.audit.conftest import Attack, Note

OLD, NEXT, LATER = date(2020, 3, 1), date(2020, 4, 1), date(2020, 5, 1)
CONSOLE = system_actor("console")


@pytest.fixture
def old(note: Note, transactional_db: None, siti: Actor) -> Iterator[list[UUID]]:
    """Five sealed entries of March 2020 and two of today; each a month's table of its own."""
    with clock.frozen(datetime(2020, 3, 9, tzinfo=UTC)):
        made = note(3, person=siti.person, facts={"thing": 'é "x"\n', "email": "siti@x.id"})
        made += note(2, actor=siti, before={"a": 1}, after={"a": [1, None, "b"]})
    partitions.rows("SELECT audit_make_month(%s)", [OLD])
    note(2)
    _sealed()
    yield made
    for month in (OLD, NEXT, LATER):
        for mark in ("", "_coming"):
            partitions.drop(month, mark)


def _sealed() -> None:
    seal_all()
    checkpoint(now=True)


def archived(folder: Path, *, drop: bool = True, month: date = OLD) -> archiving.Archived:
    return archive_month(actor=CONSOLE, month=month, folder=folder, drop=drop)


def back(folder: Path) -> archiving.Archived:
    return restore_month(actor=CONSOLE, folder=folder)


def dump() -> list[Any]:
    """All that the log holds of March, as text."""
    bound = "id >= audit_first_id('2020-03-01') AND id < audit_first_id('2020-04-01')"
    events = f"SELECT id::text, e::text, e.xid::text FROM audit_event e WHERE {bound} ORDER BY 1"
    ours = f"event_{bound.replace('AND ', 'AND event_')}"
    parts = f"SELECT p::text FROM audit_personal p WHERE {ours}"
    return [*partitions.rows(events), *sorted(partitions.rows(parts))]


@contextmanager
def crash_in(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Iterator[None]:
    def crash(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(module, name, crash)
        yield


def test_a_month_is_written_and_stays(old: list[UUID], tmp_path: Path) -> None:
    before = dump()
    done = archived(tmp_path / "a", drop=False)
    values, manifest = archive_files.read_manifest(tmp_path / "a")
    assert (done.entries, done.parts, done.manifest) == (5, 8, manifest)
    assert (values["month"], values["entries"]) == ("2020-03", 5)
    assert dump() == before
    assert archived_months() == []
    lines = (tmp_path / "a" / "entries.jsonl").read_bytes().splitlines()
    leaf = json.loads(lines[0])["leaf"]
    assert (leaf["id"], leaf["facts"]) == (str(old[0]), {"thing": 'é "x"\n'})
    assert b"siti@x.id" not in (tmp_path / "a" / "parts.jsonl").read_bytes()


def test_a_dropped_month_is_gone_and_the_log_is_whole_and_says_so(
    old: list[UUID], tmp_path: Path
) -> None:
    done = archived(tmp_path / "a")
    _sealed()
    report = verify_log()
    assert dump() == []
    assert OLD not in partitions.months_here()
    assert (report.exit_code, report.entries) == (0, 8)
    assert report.archived == {
        "2020-03": {
            "month": "2020-03",
            "entries": 5,
            "manifest": done.manifest,
            "places": places([[0, 5]]),
        }
    }
    assert any(done.manifest in line for line in report.lines("en"))
    assert partitions.rows("SELECT count(*) FROM audit_leaf") == [(8,)]


def test_it_comes_back_byte_for_byte(old: list[UUID], tmp_path: Path) -> None:
    before = dump()
    archived(tmp_path / "a")
    _sealed()
    assert back(tmp_path / "a").entries == 5
    _sealed()
    report = verify_log()
    assert dump() == before
    assert (report.exit_code, report.archived, archived_months()) == (0, {}, [])
    with pytest.raises(BadMonth, match="in the database"):
        back(tmp_path / "a")


def test_what_came_back_can_go_again(old: list[UUID], tmp_path: Path) -> None:
    archived(tmp_path / "a")
    _sealed()
    back(tmp_path / "a")
    assert archived(tmp_path / "b").dropped
    _sealed()
    assert verify_log().exit_code == 0


def test_what_was_erased_meanwhile_stays_erased(
    old: list[UUID], tmp_path: Path, siti: Actor
) -> None:
    archived(tmp_path / "a")
    assert siti.person
    erase_personal(actor=CONSOLE, person=siti.person, basis="Law 27/2022 article 8")
    _sealed()
    back(tmp_path / "a")
    _sealed()
    report = verify_log()
    open_parts = "SELECT count(*) FROM audit_personal WHERE person = %s AND sealed IS NOT NULL"
    assert partitions.rows(open_parts, [siti.person]) == [(0,)]
    assert (report.exit_code, report.erased) == (0, 5)


def test_only_the_system_archives(old: list[UUID], tmp_path: Path, budi: Actor) -> None:
    with pytest.raises(Refused):
        archive_month(actor=budi, month=OLD, folder=tmp_path / "a", drop=True)
    with pytest.raises(Refused):
        restore_month(actor=budi, folder=tmp_path / "a")


def test_a_month_that_is_not_over_or_not_there_is_refused(old: list[UUID], tmp_path: Path) -> None:
    today = clock.now().date().replace(day=1)
    for month, why in ((today, "not over"), (date(2019, 1, 1), "not in the database")):
        with pytest.raises(BadMonth, match=why):
            archived(tmp_path / "a", month=month)


def test_a_month_that_the_rule_keeps_is_not_dropped(old: list[UUID], tmp_path: Path) -> None:
    with clock.frozen(datetime(2025, 3, 31, tzinfo=UTC)):
        with pytest.raises(BadMonth, match="until 2025-04-01"):
            archived(tmp_path / "a")
        assert archived(tmp_path / "a", drop=False).entries == 5
    with clock.frozen(datetime(2025, 4, 1, tzinfo=UTC)):
        assert archived(tmp_path / "a").dropped


def test_months_leave_in_order(old: list[UUID], note: Note, tmp_path: Path) -> None:
    with clock.frozen(datetime(2020, 4, 9, tzinfo=UTC)):
        note(1)
    partitions.rows("SELECT audit_make_month(%s)", [NEXT])
    note(1)
    _sealed()
    with pytest.raises(BadMonth, match="2020-03 is older"):
        archived(tmp_path / "a", month=NEXT)


def test_the_month_of_the_newest_leaf_stays(old: list[UUID], note: Note, tmp_path: Path) -> None:
    """The sealer goes on from there."""
    with clock.frozen(datetime(2020, 3, 10, tzinfo=UTC)):
        note(1)
    _sealed()
    with pytest.raises(BadMonth, match="newest entry"):
        archived(tmp_path / "a")


def test_what_is_not_sealed_or_was_altered_is_not_archived(
    old: list[UUID], note: Note, tmp_path: Path, attack: Attack
) -> None:
    with clock.frozen(datetime(2020, 3, 10, tzinfo=UTC)):
        note(1)
    with pytest.raises(BadMonth, match="no place in the tree"):
        archived(tmp_path / "a", drop=False)
    _sealed()
    attack("UPDATE audit_event SET subject_label = 'x' WHERE id = %s", old[2])
    with pytest.raises(BadMonth, match="altered"):
        archived(tmp_path / "b", drop=False)
    assert not (tmp_path / "a").exists()
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        (archive_files, "write_manifest"),
        (archiving, "_write_parts"),
        (archiving, "check_content"),
        (archiving, "_record"),
    ],
)
def test_archiving_survives_a_crash_at_any_point(
    old: list[UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: Any, name: str
) -> None:
    before = dump()
    with crash_in(monkeypatch, module, name):
        archived(tmp_path / "a")
    _sealed()
    assert (dump(), verify_log().exit_code) == (before, 0)
    assert archived(tmp_path / "a").dropped
    _sealed()
    assert verify_log().exit_code == 0
    back(tmp_path / "a")
    assert dump() == before


@pytest.mark.parametrize("name", ["_fill", "_check", "_take_in", "record"])
def test_restoring_survives_a_crash_at_any_point(
    old: list[UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = dump()
    archived(tmp_path / "a")
    _sealed()
    with crash_in(monkeypatch, restoring, name):
        back(tmp_path / "a")
    assert (dump(), verify_log().exit_code) == ([], 0)
    partitions.drop(OLD, "_coming")
    partitions.make_beside(OLD, "_coming")  # as a killed process leaves it
    back(tmp_path / "a")
    assert dump() == before


def _rewrite(folder: Path, name: str, old: bytes, new: bytes, *, manifest: bool) -> None:
    """An attacker's hands; with `manifest` it fits again."""
    path = folder / name
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
    if manifest:
        values = json.loads((folder / "manifest.json").read_bytes())
        described = {
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        values["files"][name] = described
        (folder / "manifest.json").unlink()
        archive_files.write_manifest(folder, {k: v for k, v in values.items() if k != "format"})


@pytest.mark.parametrize("manifest", [False, True])
@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("entries.jsonl", (b"AKS-2026-000001", b"AKS-2026-000009")),
        ("entries.jsonl", (b'{"index":0,', b'{"index":1,')),
        ("parts.jsonl", (b'"part":"subject"', b'"part":"actor"')),
        ("manifest.json", (b'"entries":5', b'"entries":4')),
    ],
)
def test_a_tampered_archive_is_refused(
    old: list[UUID], tmp_path: Path, name: str, change: tuple[bytes, bytes], manifest: bool
) -> None:
    archived(tmp_path / "a")
    _sealed()
    _rewrite(tmp_path / "a", name, *change, manifest=manifest and name != "manifest.json")
    with pytest.raises(BadArchive):
        back(tmp_path / "a")
    assert dump() == []
    assert not partitions.rows("SELECT 1 FROM pg_class WHERE relname LIKE '%_coming'")


def test_a_file_that_is_missing_or_not_ours_is_refused(old: list[UUID], tmp_path: Path) -> None:
    archived(tmp_path / "a")
    _sealed()
    for name in ("entries.jsonl", "parts.jsonl", "manifest.json"):
        shutil.copytree(tmp_path / "a", tmp_path / name)
        (tmp_path / name / name).unlink()
        with pytest.raises(BadArchive):
            back(tmp_path / name)
    with pytest.raises(BadArchive):
        back(tmp_path / "nowhere")


def test_months_removed_without_an_archive_are_missing(
    old: list[UUID], tmp_path: Path, note: Note
) -> None:
    """Attack: the owner of the database drops a month."""
    partitions.drop(OLD)
    report = verify_log()
    assert [finding.kind for finding in report.findings] == ["missing"] * 5


def test_an_archive_does_not_excuse_what_was_taken_out_before_it(
    old: list[UUID], tmp_path: Path, attack: Attack
) -> None:
    """Attack: delete an entry of the month, then archive what is left."""
    attack("DELETE FROM audit_event WHERE id = %s", old[1])
    attack("DELETE FROM audit_personal WHERE event_id = %s", old[1])
    archived(tmp_path / "a")
    _sealed()
    assert verify_log().found == 5


def test_overdue_months_are_seen_as_archived_years_later(
    old: list[UUID], tmp_path: Path, note: Note
) -> None:
    archived(tmp_path / "a")
    with clock.frozen(clock.now() + timedelta(days=1)):
        note(1)
    _sealed()
    assert verify_log().exit_code == 0
