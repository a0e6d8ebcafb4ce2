"""The parts of the offline verifier: one file, the tree, times, tables, whom it believes."""

import ast
import random
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gapura.audit.bundle.verifier import MODULES, verifier
from gapura.audit.offline.findings import Report
from gapura.audit.offline.growing import CHUNK, EMPTY, Growing, hash_leaves
from gapura.audit.offline.opening import canonical as canonical_there
from gapura.audit.offline.opening import commitment as commitment_there
from gapura.audit.offline.remarks import REMARKS
from gapura.audit.offline.signatures import BadNote, is_signed, read_key, read_note, read_tree
from gapura.audit.offline.tables import Reconciler
from gapura.audit.offline.times import SLACK, Times, shifted
from gapura.audit.offline.trust import read_policy
from gapura.audit.offline.words import FINDINGS, LANGUAGES, printable
from gapura.audit.tree.cosignatures import LOG_KEY, VerifierKey, cosign, signed_by
from gapura.audit.tree.merkle import Frontier, leaf_hash
from gapura.audit.tree.notes import Tree, write_checkpoint

ALLOWED = {"cryptography", *sys.stdlib_module_names}
NOON = b"2026-11-23T12:00:00.000000Z"


def test_the_verifier_is_one_file_with_nothing_of_ours_in_it() -> None:
    tree = ast.parse(verifier())
    found = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else
                     [alias.name for alias in node.names])
    }  # fmt: skip
    assert found <= ALLOWED
    assert "django" not in verifier().lower()


def test_no_two_parts_of_it_use_the_same_name() -> None:
    names: Counter[str] = Counter()
    for node in ast.parse(verifier()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            names[node.name] += 1
        elif isinstance(node, ast.Assign):
            names.update(name.id for target in node.targets for name in ast.walk(target)
                         if isinstance(name, ast.Name))  # fmt: skip
    assert [name for name, count in names.items() if count > 1] == []


def test_every_part_of_it_is_in_it() -> None:
    folder = Path(__file__).parents[2] / "src/gapura/audit/offline"
    assert {path.stem for path in folder.glob("*.py")} == {"__init__", *MODULES}


def test_it_runs_alone(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text(verifier(), encoding="utf-8")
    words = [sys.executable, "-I", "verify.py", "nothing"]
    answer = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True)
    assert (answer.returncode, answer.stderr) == (2, "")
    assert answer.stdout.startswith("TIDAK DIPERIKSA: nothing/manifest.json")


@pytest.mark.parametrize("size", [0, 1, 2, 3, 7, 8, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5])
def test_the_tree_grows_as_the_log_does(size: int) -> None:
    lines = [str(number).encode() for number in range(size)]
    here, there, chance = Frontier(), Growing(), random.Random(size)
    hashes = hash_leaves(lines)
    for digest in hashes:
        here.append(digest)
    assert hashes == [leaf_hash(line) for line in lines]
    while there.size < size:
        many = min(there.room(), size - there.size, chance.randint(1, 700))
        there.add(hashes[there.size : there.size + many])
        there.root()
    assert there.root() == (here.root() if size else EMPTY)


def told(times: list[int], made: int = 100_000) -> Report:
    """The report over entries recorded at these seconds after noon."""
    report = Report()
    follow = Times(report, at(made))
    for index, seconds in enumerate(times):
        follow.see(index, "e", at(seconds))
    follow.finish()
    return report


def at(seconds: int) -> bytes:
    return shifted(NOON, timedelta(seconds=seconds))


S = int(SLACK.total_seconds())


@pytest.mark.parametrize(
    ("times", "found"),
    [
        ([0, 5, 3, 9, 8, 20], []),
        ([0, S, 1, S + 1], []),
        ([0, 10 * S, 0, 10 * S], [2]),
        ([0, 10 * S, 0, 60, 10 * S], [2, 3]),
        ([0, 10 * S, 0], [2]),
        ([0, 10 * S, 5 * S, 0, 10 * S], [3, 2]),
        ([0, 200_000, 10], [1]),
    ],
)
def test_what_was_backdated_is_found(times: list[int], found: list[int]) -> None:
    assert [finding.values["index"] for finding in told(times).findings] == found


def test_a_clock_that_was_set_back_is_remarked_and_no_more() -> None:
    back = [0, 10 * S, *range(2 * S, 12 * S, S // 2)]
    report = told(back, 12 * S)
    assert (report.found, [remark.kind for remark in report.remarks]) == (0, ["clock"])
    report = told([0, 10 * S, 8 * S, 8 * S + S // 2], 9 * S + S // 5)
    assert (report.found, [remark.kind for remark in report.remarks]) == (0, ["clock"])


@pytest.mark.parametrize("time", [b"", b"yesterday", b"2026-13-45T00:00:00.000000Z", b"\xff" * 27])
def test_a_time_that_is_none_is_found(time: bytes) -> None:
    report = Report()
    follow = Times(report, NOON)
    follow.see(0, "e", time)
    follow.finish()
    assert report.found == 1


CLAIM = {
    "name": "room.thing",
    "columns": ["state", "total"],
    "tellings": [
        {"event": "begun", "object": "id", "born": True, "sets": {"state": "=new"}},
        {"event": "moved", "object": "id", "from": {"state": "before.state"},
         "sets": {"state": "after.state", "total": "facts.total#"}},
        {"event": "gone", "object": "id", "ends": True},
    ],
}  # fmt: skip


def moved(before: str, after: str, xid: str, **facts: Any) -> dict[str, Any]:
    states = {"before": {"state": before}, "after": {"state": after}}
    return {"name": "moved", "id": "1", "xid": xid, "result": "done", "facts": facts, **states}


BEGUN = {"name": "begun", "id": "1", "xid": "1", "result": "done"}
GONE = {"name": "gone", "id": "1", "xid": "9", "result": "done"}


@pytest.mark.parametrize(
    ("entries", "row", "kinds"),
    [
        ([BEGUN], {"state": "new"}, []),
        ([BEGUN, moved("new", "old", "2", total="10.50")], {"state": "old", "total": "10.5"}, []),
        ([moved("new", "old", "1"), BEGUN], {"state": "old"}, []),
        ([BEGUN, moved("b", "c", "2"), moved("a", "b", "2"), moved("new", "a", "2")],
         {"state": "c"}, []),
        ([BEGUN, moved("new", "a", "2"), moved("a", "new", "2"), moved("new", "z", "2")],
         {"state": "z"}, []),
        ([BEGUN, GONE], None, []),
        ([BEGUN, {**moved("new", "old", "2"), "result": "refused"}], {"state": "new"}, []),
        ([BEGUN, moved("b", "c", "2"), moved("new", "b", "3")], {"state": "b"},
         ["step_missing", "step_missing"]),
        ([BEGUN, {**BEGUN, "xid": "2"}], {"state": "new"}, ["told_twice"]),
        ([moved("new", "old", "2")], {"state": "old"}, ["untold"]),
        ([BEGUN], {"state": "old"}, ["row_differs"]),
        ([BEGUN], None, ["row_gone"]),
        ([], {"state": "new"}, ["row_without_event"]),
        ([BEGUN, GONE], {"state": "new"}, ["row_without_event"]),
    ],
)  # fmt: skip
def test_tables_are_held_against_entries(
    entries: list[dict[str, Any]], row: dict[str, str] | None, kinds: list[str]
) -> None:
    report = Report()
    reconciler = Reconciler([CLAIM], report)
    for index, entry in enumerate(entries):
        reconciler.tell(index, entry)
    reconciler.compare("room.thing", [{"id": "1", "total": "", **row}] if row else [])
    assert [finding.kind for finding in report.findings] == kinds


@pytest.mark.parametrize(("state", "kinds"), [("c", []), ("b", ["row_differs"])])
def test_what_absent_entries_may_have_told_is_left_out(state: str, kinds: list[str]) -> None:
    """From number 5 on some are absent: what comes after them begins anew, in the right order."""
    report = Report()
    reconciler = Reconciler([CLAIM], report, lambda at: int(at >= 5))
    reconciler.tell(0, BEGUN)
    reconciler.tell(9, moved("b", "c", "7"))
    reconciler.tell(10, moved("a", "b", "7"))
    rows = [{"id": "1", "state": state, "total": ""}, {"id": "2", "state": "x", "total": ""}]
    reconciler.compare("room.thing", rows)
    assert [finding.kind for finding in report.findings] == kinds
    assert reconciler.claims["room.thing"].left_out == 1


@pytest.mark.parametrize(
    ("state", "kinds"), [("old", ["row_unsigned"]), ("new", ["row_differs"]), (None, ["row_gone"])]
)
def test_what_nobody_signed_explains_no_row(state: str | None, kinds: list[str]) -> None:
    report = Report()
    reconciler = Reconciler([CLAIM], report)
    reconciler.signed(0)
    reconciler.tell(0, BEGUN)
    reconciler.signed(1)
    reconciler.tell(1, moved("new", "old", "2"))
    rows = [{"id": "1", "state": state, "total": ""}] if state else []
    reconciler.compare("room.thing", rows)
    assert [finding.kind for finding in report.findings] == kinds


def test_an_end_that_nobody_signed_explains_no_missing_row() -> None:
    report = Report()
    reconciler = Reconciler([CLAIM], report)
    reconciler.tell(0, BEGUN)
    reconciler.signed(1)
    reconciler.tell(1, GONE)
    reconciler.compare("room.thing", [])
    assert [finding.kind for finding in report.findings] == ["row_unsigned"]


LOG, FIRST, SECOND, THIRD = (Ed25519PrivateKey.generate() for _ in range(4))
WITNESSES = {"a": FIRST, "b": SECOND, "c": THIRD}


def policy_of(quorum: str) -> str:
    public = VerifierKey("log.example", LOG_KEY, LOG.public_key().public_bytes_raw())
    lines = [f"log {public}", "# people of good will"]
    lines += [f"witness {name} {signed_by(key, f'{name}.example')} http://x"
              for name, key in WITNESSES.items()]  # fmt: skip
    return "\n".join([*lines, "group two 2 a b c", "group both any two", f"quorum {quorum}", ""])


@pytest.mark.parametrize(
    ("quorum", "signers", "enough"),
    [("two", "ab", True), ("two", "a", False), ("both", "bc", True), ("c", "c", True),
     ("c", "ab", False), ("none", "abc", False)],
)  # fmt: skip
def test_a_quorum_is_counted_as_the_policy_says(quorum: str, signers: str, enough: bool) -> None:
    note = write_checkpoint(Tree("log.example", 3, b"r" * 32), LOG)
    text = note.rpartition("\n\n")[0] + "\n"
    note += "".join(cosign(text, f"{s}.example", WITNESSES[s], 1_790_000_000) for s in signers)
    policy = read_policy(policy_of(quorum))
    found = read_note(note)
    assert is_signed(found, policy.logs[0])
    assert read_tree(found).size == 3
    assert policy.witnessed(found) == (enough, [])


def test_a_cosignature_of_another_text_is_false() -> None:
    note = write_checkpoint(Tree("log.example", 3, b"r" * 32), LOG)
    note += cosign("log.example\n4\nx\n", "a.example", FIRST, 1_790_000_000)
    assert read_policy(policy_of("a")).witnessed(read_note(note)) == (False, ["a"])


@pytest.mark.parametrize(
    "text", ["", "quorum none\n", "log x\n", "log {log}\nwitness none {log}\n",
             "log {log}\nquorum nobody\n", "log {log}\ngroup g 1 nobody\nquorum g\n"]
)  # fmt: skip
def test_a_policy_that_cannot_be_used_is_refused(text: str) -> None:
    key = policy_of("none").split("\n")[0].split(" ")[1]
    with pytest.raises(BadNote):
        read_policy(text.replace("{log}", key))


@pytest.mark.parametrize("change", [lambda key: key.replace("+", "x+", 1), lambda key: key[:-4]])
def test_a_key_with_another_id_is_refused(change: Any) -> None:
    key = policy_of("none").split("\n")[0].split(" ")[1]
    with pytest.raises(BadNote):
        read_key(change(key))


def test_commitments_are_computed_as_in_the_log() -> None:
    from gapura.audit.canonical import canonical
    from gapura.audit.commitments import commitment

    value = {"z": ["a", None, True, 3], "\ufb33": "\u00e9", "\U0001f600": "x"}
    assert canonical_there(value) == canonical(value)
    assert commitment_there("AAAA", "f", value) == commitment("AAAA", "f", value)


@pytest.mark.parametrize("kind", [*FINDINGS, *REMARKS])
def test_every_sentence_is_there_in_both_languages(kind: str) -> None:
    english, indonesian = (FINDINGS | REMARKS)[kind]
    places = [sorted(part.split(")")[0] for part in text.split("%(")[1:])
              for text in (english, indonesian)]  # fmt: skip
    assert places[0] == places[1]
    assert english != indonesian
    assert LANGUAGES == ("id", "en")


def test_nothing_from_a_bundle_moves_the_cursor() -> None:
    assert printable("\x1b[2J\u202eabc\x00\n") == "\\x1b[2J\\u202eabc\\x00\\n"
    assert len(printable("x" * 10_000)) == 200
