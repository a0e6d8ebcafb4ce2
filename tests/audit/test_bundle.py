"""A bundle is whole or not there, says what it holds, and one changed byte of it is found."""

import errno
import hashlib
import json
import random
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from gapura.audit.bundle.files import File
from gapura.audit.errors import BundleThere, BundleUnwritable, NumbersMissing
from gapura.audit.offline.checking import check_bundle
from gapura.audit.offline.findings import Report
from gapura.audit.services import (
    Bundle,
    checkpoint,
    erase_personal,
    export_bundle,
    seal_all,
)
from gapura.kernel.actor import Actor, system_actor
from gapura.kernel.permissions import Refused
from gapura.ops.cli import main
from tests.audit.conftest import Attack, Note

CONSOLE = system_actor("console")


@pytest.fixture
def made(sealed: list[UUID], tmp_path: Path) -> Path:
    """A bundle of eleven entries."""
    export_bundle(actor=CONSOLE, target=tmp_path / "bundle")
    return tmp_path / "bundle"


def kinds(report: Report) -> list[str]:
    return [finding.kind for finding in report.findings]


def remarks(report: Report) -> dict[str, dict[str, Any]]:
    return {remark.kind: remark.values for remark in report.remarks}


def test_a_bundle_is_whole_and_sha256sum_says_so_too(made: Path) -> None:
    report = check_bundle(made)
    assert (report.exit_code, report.entries, report.checkpoints) == (0, 11, 2), report.findings
    manifest = json.loads((made / "manifest.json").read_text())
    lines = "".join(f"{file['sha256']}  {file['path']}\n" for file in manifest["files"])
    lines += (made / "manifest.sha256").read_text()
    answer = subprocess.run(
        ["sha256sum", "-c", "--quiet", "-"], input=lines, text=True, cwd=made, capture_output=True
    )
    assert (answer.returncode, answer.stdout) == (0, "")


def test_exporting_stands_in_the_log_with_the_hash_of_the_manifest(made: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT facts FROM audit_event WHERE name = 'audit.bundle.exported'")
        ((facts,),) = cursor.fetchall()
    found = facts if isinstance(facts, dict) else json.loads(facts)
    assert found["digest"] == hashlib.sha256((made / "manifest.json").read_bytes()).hexdigest()
    assert (found["entries"], found["opened"]) == (11, False)


def test_every_changed_byte_is_found(made: Path) -> None:
    """A few hundred places, in every file."""
    chance = random.Random(20261123)
    for path in sorted(path for path in made.rglob("*") if path.is_file()):
        whole = path.read_bytes()
        for _ in range(min(len(whole), 24)):
            place = chance.randrange(len(whole))
            changed = bytearray(whole)
            changed[place] ^= 1 << chance.randrange(8)
            path.write_bytes(bytes(changed))
            report = check_bundle(made)
            assert report.exit_code == 1, (path.name, place)
            assert not [line for line in report.lines("id") if not line.isprintable()]
        path.write_bytes(whole)
    assert check_bundle(made).exit_code == 0


def test_lines_taken_out_or_added_are_found_even_with_a_manifest_to_match(made: Path) -> None:
    leaves = made / "leaves/000000.jsonl"
    lines = leaves.read_bytes().splitlines(keepends=True)
    for wrong, kind in (
        (lines[:4] + lines[5:], "altered"),
        ([*lines[:4], b"\n", *lines[5:]], "missing"),
        ([*lines, lines[-1]], "file"),
        (lines[:-1], "missing"),
    ):
        rewrite(made, "leaves/000000.jsonl", b"".join(wrong))
        assert kind in kinds(check_bundle(made))
    rewrite(made, "leaves/000000.jsonl", b"".join(lines))
    assert check_bundle(made).exit_code == 0


def test_an_archive_that_the_log_tells_nothing_of_hides_nothing(made: Path) -> None:
    lines = (made / "leaves/000000.jsonl").read_bytes().splitlines(keepends=True)
    blank = b"".join([*lines[:4], b"\n", *lines[5:]])
    entries = {"archived": 1, "archived_ranges": {"2026-10": [[4, 5]]}}
    rewrite(made, "leaves/000000.jsonl", blank, **entries)
    (found,) = check_bundle(made).findings
    assert (found.kind, found.values) == ("archive", {"month": "2026-10", "index": 4})


def rewrite(made: Path, name: str, data: bytes, **entries: Any) -> None:
    """Change a file and all that the bundle says of it, as a careful forger does."""
    (made / name).write_bytes(data)
    manifest = json.loads((made / "manifest.json").read_text())
    for file in manifest["files"]:
        if file["path"] == name:
            file |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    manifest["entries"] |= entries
    text = json.dumps(manifest).encode()
    (made / "manifest.json").write_bytes(text)
    digest = hashlib.sha256(text).hexdigest()
    (made / "manifest.sha256").write_text(f"{digest}  manifest.json\n")


@pytest.mark.parametrize(
    "name", ["manifest.json", "manifest.sha256", "leaves/000000.jsonl", "policy", "verify.py"]
)
def test_a_missing_file_is_told_apart_from_a_changed_one(made: Path, name: str) -> None:
    (made / name).unlink()
    report = check_bundle(made)
    assert report.exit_code == 2
    assert name in next(report.lines("en"))


def test_a_missing_kept_checkpoint_is_told_too(made: Path, tmp_path: Path) -> None:
    assert check_bundle(made, [tmp_path / "nothing.txt"]).exit_code == 2
    (tmp_path / "rubbish.txt").write_text("rubbish")
    assert kinds(check_bundle(made, [tmp_path / "rubbish.txt"])) == ["signature"]


def test_a_file_that_nobody_announced_is_found(made: Path) -> None:
    (made / "leaves/more.jsonl").write_text("{}\n")
    assert kinds(check_bundle(made)) == ["stranger"]


@pytest.mark.parametrize("path", ["../policy", "/etc/passwd", "a//b", "leaves/../policy", "."])
def test_a_manifest_leads_nowhere_else(made: Path, path: str) -> None:
    manifest = json.loads((made / "manifest.json").read_text())
    manifest["files"].append({"path": path, "size": 1, "sha256": "x"})
    text = json.dumps(manifest).encode()
    (made / "manifest.json").write_bytes(text)
    (made / "manifest.sha256").write_text(f"{hashlib.sha256(text).hexdigest()}  manifest.json\n")
    assert kinds(check_bundle(made)) == ["manifest"]


def test_a_part_of_the_log_is_proven_against_all_of_it(
    sealed: list[UUID], tmp_path: Path, attack: Attack
) -> None:
    for event in sealed[:5]:
        attack("UPDATE audit_event SET recorded_at = '2020-01-01' WHERE id = %s", event)
    since = datetime(2021, 1, 1, tzinfo=UTC)
    made = export_bundle(actor=CONSOLE, target=tmp_path / "part", since=since)
    assert (made.first, made.end, made.size) == (5, 11, 11)
    report = check_bundle(tmp_path / "part")
    assert (report.exit_code, report.entries, report.size) == (0, 6, 11), report.findings
    assert {"part", "unreconciled"} <= set(remarks(report))
    until = since - timedelta(days=1)
    export_bundle(actor=CONSOLE, target=tmp_path / "early", until=until)
    assert kinds(check_bundle(tmp_path / "early")) == ["altered"] * 5


def test_personal_values_are_given_only_when_asked_for(sealed: list[UUID], tmp_path: Path) -> None:
    export_bundle(actor=CONSOLE, target=tmp_path / "closed")
    assert "Budi Santoso" not in text_of(tmp_path / "closed")
    export_bundle(actor=CONSOLE, target=tmp_path / "opened", personal=True)
    assert "Budi Santoso" in text_of(tmp_path / "opened")
    assert check_bundle(tmp_path / "opened").exit_code == 0


def text_of(folder: Path) -> str:
    files = [path for path in folder.rglob("*.json*") if path.is_file()]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def test_a_changed_personal_value_is_found(sealed: list[UUID], tmp_path: Path) -> None:
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    personal = (tmp_path / "made/personal/000000.jsonl").read_bytes()
    wrong = personal.replace(b"Budi Santoso", b"Budi Santosa", 1)
    rewrite(tmp_path / "made", "personal/000000.jsonl", wrong)
    (found,) = check_bundle(tmp_path / "made").findings
    assert (found.kind, found.values) == ("personal_altered", {"index": 0, "field": "actor.name"})


def test_lawful_erasure_is_told_with_its_entry(
    sealed: list[UUID], budi: Actor, tmp_path: Path
) -> None:
    assert budi.person is not None
    erased = erase_personal(actor=CONSOLE, person=budi.person, basis="UU 27/2022 pasal 43")
    seal_all()
    checkpoint(now=True)
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    report = check_bundle(tmp_path / "made")
    assert report.exit_code == 0, report.findings
    assert remarks(report)["erased"] == {"index": 11, "count": erased}
    assert any("terhapus sah" in line for line in report.lines("id"))


def test_removal_without_a_receipt_is_found(
    sealed: list[UUID], tmp_path: Path, attack: Attack
) -> None:
    attack("DELETE FROM audit_personal WHERE event_id = %s", sealed[3])
    attack(
        "UPDATE audit_personal SET sealed = NULL, address = NULL, erased_by = %s "
        "WHERE event_id = %s",
        sealed[0],
        sealed[4],
    )
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    found = check_bundle(tmp_path / "made").findings
    assert [(f.kind, f.values["index"]) for f in found] == [
        ("personal_missing", 3),
        ("personal_missing", 4),
    ]


def test_entries_without_a_number_yet_are_beside(made: Path, note: Note, tmp_path: Path) -> None:
    note(2)
    export_bundle(actor=CONSOLE, target=tmp_path / "second")
    report = check_bundle(tmp_path / "second")
    assert report.exit_code == 0
    assert remarks(report)["waiting"] == {"count": 3}, "two, and that of the first bundle"


def test_control_characters_reach_no_terminal(
    note: Note, tmp_path: Path, attack: Attack, capsys: pytest.CaptureFixture[str]
) -> None:
    evil = "\x1b[2J\r\n\u202e\u0007{}"
    note(2, facts={"thing": evil})
    seal_all()
    checkpoint(now=True)
    export_bundle(actor=CONSOLE, target=tmp_path / "made")
    assert main(["audit", "verify", str(tmp_path / "made")]) == 0
    checkpoints = (tmp_path / "made/checkpoints.jsonl").read_text()
    rewrite(
        tmp_path / "made", "checkpoints.jsonl", checkpoints.replace("localhost", evil[:4]).encode()
    )
    (tmp_path / "made" / "\x1b[2J\u202e").write_text("x")
    assert main(["audit", "verify", str(tmp_path / "made")]) == 1
    said = capsys.readouterr().out
    assert "\\x1b[2J\\u202e" in said
    assert not set("\x1b\r\u202e\u0007") & set(said)


@pytest.mark.parametrize("kind", ["file", "full", "link"])
def test_nothing_is_written_over(sealed: list[UUID], tmp_path: Path, kind: str) -> None:
    target = tmp_path / "taken"
    if kind == "file":
        target.write_text("mine")
    elif kind == "link":
        target.symlink_to(tmp_path)
    else:
        target.mkdir()
        (target / "mine.txt").write_text("mine")
    with pytest.raises(BundleThere):
        export_bundle(actor=CONSOLE, target=target)
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_an_empty_folder_is_a_place(sealed: list[UUID], tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    made = export_bundle(actor=CONSOLE, target=tmp_path / "empty")
    assert isinstance(made, Bundle)
    assert check_bundle(tmp_path / "empty").exit_code == 0


def test_a_full_disk_leaves_nothing_behind(
    sealed: list[UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: File, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(File, "write", full)
        with pytest.raises(BundleUnwritable, match=r"^$|.*"):
            export_bundle(actor=CONSOLE, target=tmp_path / "made")
    assert list(tmp_path.iterdir()) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM audit_event WHERE name = 'audit.bundle.exported'")
        assert cursor.fetchone() == (0,)


def test_only_the_server_itself_makes_bundles(budi: Actor, db: None, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export_bundle(actor=budi, target=tmp_path / "made")


def test_a_log_that_lost_too_much_is_refused(
    sealed: list[UUID], tmp_path: Path, attack: Attack
) -> None:
    attack("UPDATE audit_leaf SET index = 300000 WHERE index = 10")
    with pytest.raises(NumbersMissing):
        export_bundle(actor=CONSOLE, target=tmp_path / "made")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def calm(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """What the commands print is read by the test alone."""
    yield
    capsys.readouterr()


def test_the_commands_make_and_check(
    note: Note, tmp_path: Path, capsys: pytest.CaptureFixture[str], calm: None
) -> None:
    note(3)
    target = str(tmp_path / "made")
    assert main(["audit", "export", "--output", target, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["size"], told["path"]) == (3, target)
    assert main(["audit", "verify", target, "--language", "id"]) == 0
    assert capsys.readouterr().out.startswith("UTUH: 3 catatan")
    assert main(["audit", "verify", target, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["checkpoints"] == 1
    assert main(["audit", "verify", str(tmp_path / "nothing")]) == 2
    assert main(["audit", "export", "--output", target]) == 1
    assert "already" in capsys.readouterr().err
    assert main(["audit", "export", "--output", f"{target}2", "--since", "kemarin"]) == 1
    assert main(["audit", "verify", "--language", "en"]) == 0
    assert capsys.readouterr().out.startswith("The log is whole")
