"""Attacks on whoever reads a bundle: links, bytes too many, values at which a reader stumbles."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gapura.audit.offline.checking import check_bundle
from tests.audit.test_bundle import kinds, made, rewrite
from tests.audit.test_forged_bundles import HASHES, remake

__all__ = ["made"]


@pytest.mark.parametrize("more", [b"x", b"x" * 31, b"\0" * 32])
def test_bytes_after_the_hashes_are_found(made: Path, more: bytes) -> None:
    """Attack: something else travels behind the hashes."""
    rewrite(made, HASHES, (made / HASHES).read_bytes() + more)
    assert check_bundle(made).exit_code == 1


def test_folders_that_are_links_or_that_nobody_announced_are_found(
    made: Path, tmp_path: Path
) -> None:
    """Attack: a linked folder beside the files, `leaves` itself a link, an empty folder."""
    (tmp_path / "else").mkdir()
    (made / "more").symlink_to(tmp_path / "else")
    assert kinds(check_bundle(made)) == ["stranger"]
    (made / "more").unlink()
    (made / "empty").mkdir()
    assert kinds(check_bundle(made)) == ["stranger"]
    (made / "empty").rmdir()
    os.rename(made / "leaves", tmp_path / "leaves")
    (made / "leaves").symlink_to(tmp_path / "leaves")
    assert check_bundle(made).exit_code != 0


@pytest.mark.parametrize("said", ["zzz", "", None, 7, "2026-13-45T00:00:00.000000Z"])
def test_an_entry_that_waits_without_a_time_is_found(made: Path, said: Any) -> None:
    """Attack: a waiting entry that never becomes old."""
    line = {"id": "x", "recorded_at": said, "name": "n", "result": "done", "xid": "1"}
    rewrite(made, "waiting.jsonl", json.dumps(line).encode() + b"\n")
    assert check_bundle(made).exit_code == 1


@pytest.mark.parametrize("at", ["2026-11-23", "", None, 7])
def test_a_checkpoint_of_no_time_is_found(made: Path, at: Any) -> None:
    lines = (made / "checkpoints.jsonl").read_bytes().splitlines()
    first = json.loads(lines[0]) | {"at": at}
    rewrite(made, "checkpoints.jsonl", b"\n".join([json.dumps(first).encode(), lines[1], b""]))
    assert kinds(check_bundle(made)) == ["line"]


def test_more_or_fewer_waiting_entries_than_promised_are_found(made: Path) -> None:
    """Attack: take away what waits, so that a change of its row needs no entry."""
    remake(made, lambda manifest: manifest["entries"].update(waiting=1))
    assert kinds(check_bundle(made)) == ["file"]


def named(path: str) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest["files"].append({"path": path, "size": 0, "sha256": "0" * 64})


def first_file(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest["files"][0].update(values)


def said(**values: Any) -> Callable[[dict[str, Any]], None]:
    return lambda manifest: manifest.update(values)


@pytest.mark.parametrize(
    "change",
    [first_file(size=float("inf")), first_file(size=float("nan")), first_file(size=1.5),
     first_file(size=-1), first_file(size=True), first_file(size="9"), first_file(sha256=7),
     named("a\ud800"), named("policy"), named("leaves/" + "x" * 5000),
     said(made_at="2026-11-23T00:00:00.00\ud800000Z"), said(made_at="0001-01-01T00:00:00.000000Z"),
     said(made_at="9999-12-31T23:59:59.999999Z"), said(made_at=None), said(log=7),
     said(entries=[]), said(entries={"size": float("inf")}), said(personal="x")],
)  # fmt: skip
def test_a_manifest_of_strange_values_is_a_finding_and_no_crash(made: Path, change: Any) -> None:
    """Attack: values at which a careless reader stumbles."""
    remake(made, change)
    assert check_bundle(made).exit_code == 1


def test_files_larger_than_can_be_are_not_read_into_memory(made: Path) -> None:
    """Attack: fill the auditor's memory."""
    with (made / "claims.json").open("wb") as file:
        file.truncate(1 << 36)
    remake(made, lambda manifest: [
        file.update(size=1 << 36) for file in manifest["files"] if file["path"] == "claims.json"
    ])  # fmt: skip
    assert check_bundle(made).exit_code == 1


def test_whatever_goes_wrong_inside_is_a_finding(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No input ends the check with a traceback."""

    def fall(*_args: Any, **_more: Any) -> None:
        raise ZeroDivisionError("some mistake of ours")

    monkeypatch.setattr("gapura.audit.offline.checking.Walk", fall)
    assert kinds(check_bundle(made)) == ["broken_off"]
