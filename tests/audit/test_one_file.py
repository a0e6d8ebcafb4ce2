"""The verifier as one file, on a computer with Python and cryptography and nothing else of ours."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from gapura.audit.bundle.verifier import verifier
from tests.audit.test_archive import old
from tests.audit.test_bundle import made, rewrite
from tests.audit.test_forged_bundles import HASHES, LEAVES, blanked, lawful, remake

__all__ = ["lawful", "made", "old"]

Change = Callable[[Path], Any]


class Computer:
    """Somebody else's: an own verifier and keys, a checkpoint kept from before, no claims."""

    def __init__(self, folder: Path, bundle: Path) -> None:
        self.folder, self.site = folder, folder / "site"
        self.site.mkdir(parents=True)
        for name in ("cryptography", "_cffi_backend", "cffi"):
            found = find_spec(name)
            assert found, name
            place = Path((found.submodule_search_locations or [str(found.origin)])[0])
            (self.site / place.name).symlink_to(place)
        (folder / "verify.py").write_text(verifier(), encoding="utf-8")
        (folder / "policy.txt").write_bytes((bundle / "policy").read_bytes())
        self.archive = bundle.parent / "month"
        newest = json.loads((bundle / "checkpoints.jsonl").read_text().splitlines()[-1])
        (folder / "kept.txt").write_text(newest["note"])

    def python(self, *words: str) -> "subprocess.CompletedProcess[str]":
        """Its Python, which sees no package but that one."""
        return subprocess.run(
            [sys.executable, "-S", "-s", *words], cwd=self.folder, capture_output=True, text=True,
            env={"PYTHONPATH": str(self.site)},
        )  # fmt: skip

    def check(self, bundle: Path) -> tuple[int, set[str]]:
        """Exit code and what was found, with all that the auditor has."""
        words = ("--kept", "kept.txt", "--policy", "policy.txt", "--json")
        answer = self.python("verify.py", str(bundle), *words, "--archive", str(self.archive))
        assert answer.stderr == ""
        return answer.returncode, {found["kind"] for found in json.loads(answer.stdout)["findings"]}


@pytest.fixture
def computer(lawful: Path, tmp_path: Path) -> Computer:
    return Computer(tmp_path / "elsewhere", lawful)


def hide(to: int, *numbers: int, **entries: Any) -> Change:
    """Widen the archive of the first five to these numbers, and leave their entries out."""
    ranges = {"2020-03": [[0, to]]}
    return lambda folder: rewrite(
        folder, LEAVES, blanked(folder, *numbers), archived_ranges=ranges, **entries
    )


def empty(folder: Path) -> None:
    for name in (LEAVES, HASHES, "personal/000000.jsonl", "checkpoints.jsonl", "waiting.jsonl"):
        rewrite(folder, name, b"", size=0, first=0, end=0, archived=0, archived_ranges={})
    rewrite(folder, "claims.json", b'{"claims":[]}\n')


def erase(folder: Path) -> None:
    part = {"index": 5, "actor": {"erased_by": "5a5f24e1-9a1f-4a4e-8c0e-3f2f0f1d6c11"}}
    rewrite(folder, "personal/000000.jsonl", json.dumps(part).encode() + b"\n")


def wait(folder: Path) -> None:
    line = json.dumps({"id": "x", "recorded_at": "zzz", "name": "n", "result": "done", "xid": "1"})
    rewrite(folder, "waiting.jsonl", line.encode() + b"\n")


ATTACKS: dict[str, tuple[Change, str]] = {
    "one": (hide(6, 5, archived=6), "archive"),
    "uncounted": (hide(6, 5), "archive_count"),
    "all": (hide(8, *range(8), archived=8), "archive"),
    "part": (hide(6, 5, first=1, archived=5), "archive"),
    "nothing": (empty, "empty"),
    "checkpoints": (lambda f: rewrite(f, "checkpoints.jsonl", b""), "unsigned_log"),
    "erased": (erase, "personal_missing"),
    "claims": (lambda f: rewrite(f, "claims.json", b'{"claims":[]}\n'), "claims"),
    "tail": (lambda f: rewrite(f, HASHES, (f / HASHES).read_bytes() + b"x"), "file"),
    "waiting": (wait, "line"),
    "year": (lambda f: remake(f, lambda m: m.update(made_at="0001-01-01T00:00:00.000000Z")),
             "manifest"),
}  # fmt: skip


def test_only_one_package_is_at_hand(computer: Computer) -> None:
    assert computer.python("-c", "import cryptography.hazmat").returncode == 0
    for name in ("django", "gapura", "psycopg"):
        assert "ModuleNotFoundError" in computer.python("-c", f"import {name}").stderr


def test_an_honest_bundle_is_whole_there(computer: Computer, lawful: Path) -> None:
    assert computer.check(lawful) == (0, set())
    answer = computer.python("verify.py", str(lawful), "--language", "en")
    assert (answer.returncode, answer.stdout[:10]) == (2, "INCOMPLETE")


def test_each_attack_is_found_there(computer: Computer, lawful: Path, tmp_path: Path) -> None:
    """With own keys and a kept checkpoint, `--claims` left out."""
    told = {}
    for name, (change, kind) in ATTACKS.items():
        shutil.copytree(lawful, tmp_path / name)
        change(tmp_path / name)
        code, kinds = computer.check(tmp_path / name)
        told[name] = (code, kind in kinds or kinds)
    assert told == dict.fromkeys(ATTACKS, (1, True))


def test_it_says_what_it_cannot_read_and_never_falls(computer: Computer, tmp_path: Path) -> None:
    answer = computer.python("verify.py", str(tmp_path / "nothing"))
    assert (answer.returncode, answer.stderr) == (2, "")
    answer = computer.python("verify.py", "a\udc80b", "--json")
    assert (answer.returncode, answer.stderr) == (2, "")
