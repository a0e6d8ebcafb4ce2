"""Attacks on the offline check by whoever hands over the bundle: each was believed once."""

import hashlib
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from gapura.audit.offline.checking import check_bundle
from gapura.audit.services import erase_personal, export_bundle
from gapura.kernel.actor import Actor
from tests.audit.conftest import Note
from tests.audit.test_archive import _sealed as seal
from tests.audit.test_archive import archived, old
from tests.audit.test_bundle import CONSOLE, kinds, made, rewrite
from tools.house import claims

__all__ = ["made", "old"]

LEAVES = "leaves/000000.jsonl"
HASHES = "hashes/000000.bin"


def blanked(folder: Path, *numbers: int) -> bytes:
    """The file of entries without some of them."""
    lines = (folder / LEAVES).read_bytes().splitlines(keepends=True)
    return b"".join(b"\n" if at in numbers else line for at, line in enumerate(lines))


def manifest_of(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    return found


def remake(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change the manifest as a careful forger does, also what is written beside it."""
    manifest = manifest_of(folder)
    change(manifest)
    text = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(text)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(text).hexdigest()}  manifest.json\n")


@pytest.fixture
def lawful(old: list[UUID], tmp_path: Path) -> Path:
    """A bundle after a month of five entries went into files lawfully."""
    archived(tmp_path / "month")
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "lawful")
    assert check_bundle(tmp_path / "lawful", archives=[tmp_path / "month"]).exit_code == 0
    return tmp_path / "lawful"


@pytest.mark.parametrize("ranges", [[[4, 5]], {"2026-10": [[4, 5]]}])
@pytest.mark.parametrize("count", [0, 1])
def test_an_entry_left_out_as_archived_that_no_entry_tells_of_is_found(
    made: Path, ranges: Any, count: int
) -> None:
    """Attack: name one's victim in `archived_ranges` and count nothing."""
    rewrite(made, LEAVES, blanked(made, 4), archived=count, archived_ranges=ranges)
    assert check_bundle(made).exit_code == 1


def test_all_entries_left_out_as_archived_are_found(made: Path, tmp_path: Path) -> None:
    """Attack: every line blank, with the auditor's own keys and an own checkpoint."""
    note = json.loads((made / "checkpoints.jsonl").read_text().splitlines()[-1])["note"]
    (tmp_path / "kept.txt").write_text(note)
    (tmp_path / "policy.txt").write_bytes((made / "policy").read_bytes())
    rewrite(made, LEAVES, b"\n" * 11, archived=0, archived_ranges=[[0, 11]])
    assert check_bundle(made, [tmp_path / "kept.txt"], tmp_path / "policy.txt").exit_code == 1


def widened(ranges: Any, to: int) -> Any:
    """The same ranges, the last of which ends later."""
    pairs = ranges["2020-03"] if isinstance(ranges, dict) else ranges
    pairs[-1][1] = to
    return ranges


def test_an_archive_that_was_widened_is_found(lawful: Path) -> None:
    """Attack: after a lawful archive of five, two more entries are said to lie in it."""
    ranges = widened(manifest_of(lawful)["entries"]["archived_ranges"], 7)
    for count in (5, 7):
        rewrite(lawful, LEAVES, blanked(lawful, 5, 6), archived=count, archived_ranges=ranges)
        assert "archive" in kinds(check_bundle(lawful)), count


def test_other_entries_in_the_place_of_archived_ones_are_found(lawful: Path) -> None:
    """Attack: as many entries as were archived, but others."""
    ranges = {"2020-03": [[0, 4], [5, 6]]}
    rewrite(lawful, LEAVES, blanked(lawful, 5), archived=5, archived_ranges=ranges)
    assert {"archive", "missing"} <= set(kinds(check_bundle(lawful)))


def test_a_part_of_the_log_hides_no_entry_either(made: Path) -> None:
    """Attack: a part that is said to be in full, with a number out of it in an archive."""
    rewrite(made, LEAVES, blanked(made, 0, 4), first=1, archived=0, archived_ranges=[[4, 5]])
    assert check_bundle(made).exit_code == 1


@pytest.mark.parametrize(
    "ranges",
    [[["a", "b"]], {"2020-03": [["a", "b"]]}, {"2020-03": [[5, 0]]}, {"2020-03": [[0, 99]]},
     {"2020-03": [[0, 3], [2, 5]]}, {"2020-03": [[0, 2], [2, 5]]}, {"x": [[0, 5]]},
     {"2020-03": [[0, 5]], "2020-04": [[4, 5]]}, {"2020-03": [[0, True]]}, 7],
)  # fmt: skip
def test_ranges_that_are_none_are_found(lawful: Path, ranges: Any) -> None:
    """Attack: words, overlaps and numbers outside the log instead of ranges."""
    remake(lawful, lambda manifest: manifest["entries"].update(archived_ranges=ranges))
    assert check_bundle(lawful).exit_code == 1


def test_a_bundle_of_nothing_is_found(made: Path) -> None:
    """Attack: no entry, no checkpoint, no claim."""
    for name in (LEAVES, HASHES, "personal/000000.jsonl", "checkpoints.jsonl", "waiting.jsonl"):
        rewrite(made, name, b"", size=0, first=0, end=0)
    rewrite(made, "claims.json", b'{"claims":[]}\n')
    assert {"empty", "unsigned_log", "claims"} <= set(kinds(check_bundle(made)))


def test_a_log_without_any_checkpoint_is_found(made: Path) -> None:
    """Attack: leave the checkpoints out; nothing of the hashes is signed then."""
    rewrite(made, "checkpoints.jsonl", b"")
    assert "unsigned_log" in kinds(check_bundle(made))


def test_parts_erased_by_entries_that_do_not_exist_are_found(lawful: Path) -> None:
    """Attack: once a month is archived, each personal part was erased by some entry or other."""
    lines = (lawful / LEAVES).read_bytes().splitlines()
    other = "5a5f24e1-9a1f-4a4e-8c0e-3f2f0f1d6c11"
    parts = [
        {"index": at, "actor": {"erased_by": other}, "subject": {"erased_by": other}}
        for at, line in enumerate(lines) if line
    ]  # fmt: skip
    data = "".join(json.dumps(part) + "\n" for part in parts).encode()
    rewrite(lawful, "personal/000000.jsonl", data)
    assert "personal_missing" in kinds(check_bundle(lawful))


def test_a_part_of_the_log_carries_the_receipts_it_needs(
    sealed: list[UUID], note: Note, budi: Actor, tmp_path: Path
) -> None:
    """An erasure recorded after the part is no false alarm: its entry comes along."""
    assert budi.person
    erase_personal(actor=CONSOLE, person=budi.person, basis="UU 27/2022 pasal 43")
    note(1)
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "all")
    recorded = json.loads((tmp_path / "all" / LEAVES).read_bytes().splitlines()[11])["recorded_at"]
    export_bundle(
        actor=CONSOLE, target=tmp_path / "part", until=datetime.fromisoformat(recorded),
        personal=True,
    )  # fmt: skip
    report = check_bundle(tmp_path / "part")
    assert (report.exit_code, report.entries) == (0, 12), report.findings


def fewer_claims(folder: Path, change: Callable[[list[Any]], Any]) -> None:
    told = json.loads((folder / "claims.json").read_text())
    change(told["claims"])
    rewrite(folder, "claims.json", json.dumps(told).encode() + b"\n")


@pytest.mark.parametrize(
    "change",
    [lambda claims: claims.clear(), lambda claims: claims.pop(),
     lambda claims: claims[0]["tellings"].pop(), lambda claims: claims[0].update(columns=[])],
)  # fmt: skip
def test_claims_left_out_or_weakened_are_found(made: Path, change: Any) -> None:
    """Attack: a bundle that says itself that its tables need not agree with anything."""
    fewer_claims(made, change)
    assert "claims" in kinds(check_bundle(made))


def test_claims_of_ones_own_are_what_counts(made: Path, tmp_path: Path) -> None:
    mine = tmp_path / "claims.json"
    mine.write_bytes((made / "claims.json").read_bytes())
    assert check_bundle(made, claims=mine).exit_code == 0
    told = json.loads(mine.read_text())
    told["claims"][0]["tellings"].pop()
    mine.write_text(json.dumps(told))
    assert "claims" in kinds(check_bundle(made, claims=mine))
    mine.write_text('{"claims":[]}')
    assert "claims" in kinds(check_bundle(made, claims=mine))


def test_the_verifier_knows_what_the_rooms_claim_now() -> None:
    """After a change of claims: `.venv/bin/python -m tools.house`."""
    assert claims.is_fresh()
