"""Attacks on what excuses an absence: entries nobody signed, months in part, foreign receipts."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from gapura.audit.archive import partitions
from gapura.audit.archive.months import month_of, said
from gapura.audit.canonical import canonical
from gapura.audit.errors import NothingToExport
from gapura.audit.events import MONTH_ARCHIVED, Subject
from gapura.audit.offline import folder as offline_folder
from gapura.audit.offline.absent import places
from gapura.audit.offline.checking import check_bundle
from gapura.audit.offline.folder import digest_line
from gapura.audit.services import erase_personal, export_bundle, record, verify_log
from gapura.audit.tree.merkle import leaf_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from tests.audit.conftest import Attack, Note
from tests.audit.test_archive import OLD, archived, back, old
from tests.audit.test_archive import _sealed as seal
from tests.audit.test_bundle import CONSOLE, kinds, made, remarks, rewrite
from tests.audit.test_forged_bundles import HASHES, LEAVES, blanked, lawful, manifest_of

__all__ = ["lawful", "made", "old"]

PERSONAL = "personal/000000.jsonl"
BASIS = "UU 27/2022 pasal 43"


def entries_of(folder: Path) -> list[Any]:
    """The entries of a bundle, by their numbers."""
    lines = (folder / LEAVES).read_bytes().splitlines()
    return [json.loads(line) if line else None for line in lines]


def append(folder: Path, **values: Any) -> str:
    """Add an entry behind the last signature, as if it had been sealed just now; answers its id."""
    entry = entries_of(folder)[-1] | {"id": str(uuid7()), **values}
    line, hashes = canonical(entry), (folder / HASHES).read_bytes()
    size = len(hashes) // 32 + 1
    rewrite(folder, LEAVES, (folder / LEAVES).read_bytes() + line + b"\n")
    rewrite(folder, HASHES, hashes + leaf_hash(line), size=size, end=size)
    return str(entry["id"])


def archives(month: str, *numbers: list[int]) -> dict[str, Any]:
    """The facts of an entry by which these numbers lie in files only."""
    count = sum(past - first for first, past in numbers)
    one = {"month": month, "entries": count, "manifest": "0" * 64, "places": places([*numbers])}
    return {"entries": count, "manifest": "0" * 64, "dropped": True, "archived": [one]}


def test_an_archive_that_nobody_signed_excuses_nothing(made: Path) -> None:
    """Attack: add an entry about an archive to the end, where no checkpoint reaches yet."""
    month = said(month_of(UUID(entries_of(made)[4]["id"])))
    facts = archives(month, [4, 5])
    append(made, name="audit.month.archived", facts=facts, subject_id=month)
    assert check_bundle(made).exit_code == 0, "one more entry alone is younger than the signature"
    rewrite(made, LEAVES, blanked(made, 4), archived=1, archived_ranges={month: [[4, 5]]})
    assert "archive" in kinds(check_bundle(made))


def test_a_month_that_came_back_is_not_left_out_by_taking_signatures_away(
    old: list[UUID], tmp_path: Path
) -> None:
    """Attack: the entry about an archive is signed, that about its return not any more."""
    archived(tmp_path / "month")
    seal()
    back(tmp_path / "month")
    seal()
    folder = tmp_path / "made"
    export_bundle(actor=CONSOLE, target=folder)
    notes = (folder / "checkpoints.jsonl").read_bytes().splitlines(keepends=True)
    rewrite(folder, "checkpoints.jsonl", b"".join(notes[:-1]))
    assert check_bundle(folder).exit_code == 0
    ranges = {"2020-03": [[0, 5]]}
    rewrite(folder, LEAVES, blanked(folder, *range(5)), archived=5, archived_ranges=ranges)
    assert kinds(check_bundle(folder)) == ["archive"]


def test_an_erasure_that_nobody_signed_excuses_nothing(
    sealed: list[UUID], budi: Actor, tmp_path: Path
) -> None:
    """Attack: the same with an entry that says that a person was erased."""
    folder = tmp_path / "opened"
    export_bundle(actor=CONSOLE, target=folder, personal=True)
    receipt = append(
        folder, name="audit.person.erased", subject_id=str(budi.person), person=None,
        commitments={}, actor_person=None,
    )  # fmt: skip
    parts = [{"index": at, "actor": {"erased_by": receipt}} for at in range(11)]
    rewrite(folder, PERSONAL, b"".join(canonical(part) + b"\n" for part in parts))
    assert kinds(check_bundle(folder)) == ["personal_missing"] * 11


def test_a_month_that_left_in_part_is_found(
    sealed: list[UUID], attack: Attack, tmp_path: Path
) -> None:
    """Attack: an owner of the database deletes one entry and has the log say it was archived."""
    month = said(month_of(sealed[4]))
    with transaction.atomic():
        facts = archives(month, [4, 5])
        record(CONSOLE, MONTH_ARCHIVED, Subject("month", month, month), facts=facts)
    attack("DELETE FROM audit_event WHERE id = %s", sealed[4])
    attack("DELETE FROM audit_personal WHERE event_id = %s", sealed[4])
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "made")
    torn, early = check_bundle(tmp_path / "made").findings
    assert (torn.kind, torn.values) == ("archive_torn", {"month": month, "index": 0})
    assert (early.kind, early.values["index"]) == ("archive_early", 11)
    assert [(f.kind, f.index) for f in verify_log().findings] == [("missing", 4)]


def test_an_entry_of_a_clock_that_was_wrong_tears_no_month(
    lawful: Path, note: Note, tmp_path: Path
) -> None:
    """Honest: after the archive a clock stood in that very month for a while."""
    with clock.frozen(datetime(2020, 3, 20, tzinfo=UTC)):
        note(1)
    note(1)
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "made")
    report = check_bundle(tmp_path / "made")
    assert (report.exit_code, remarks(report)["archived"]) == (2, {"count": 5, "index": 7})
    assert check_bundle(tmp_path / "made", archives=[tmp_path / "month"]).exit_code == 0
    assert verify_log().exit_code == 0


@pytest.fixture
def march(note: Note) -> Iterator[None]:
    """The table of the month goes again."""
    yield
    for mark in ("", "_coming"):
        partitions.drop(OLD, mark)


def test_what_was_erased_by_an_archived_entry_is_believed_and_remarked(
    march: None, note: Note, budi: Actor, tmp_path: Path
) -> None:
    """Honest: the entry that tells of the erasure lies in files, with a number after the erased."""
    assert budi.person
    note(1)
    with clock.frozen(datetime(2020, 3, 9, tzinfo=UTC)):
        note(2)
        erase_personal(actor=CONSOLE, person=budi.person, basis=BASIS)
    partitions.rows("SELECT audit_make_month(%s)", [OLD])
    note(2)
    seal()
    archived(tmp_path / "month")
    seal()
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    report = check_bundle(tmp_path / "made")
    assert (report.exit_code, remarks(report)["erased_unread"]) == (2, {"count": 1})
    report = check_bundle(tmp_path / "made", archives=[tmp_path / "month"])
    assert (report.exit_code, remarks(report)["erased"]) == (0, {"index": 3, "count": 1})
    assert verify_log().exit_code == 0


def test_an_archived_entry_erased_nothing_that_came_later(
    lawful: Path, old: list[UUID], attack: Attack, tmp_path: Path
) -> None:
    """Attack: empty all personal parts; the receipt is any entry that nobody can read any more."""
    attack("UPDATE audit_personal SET sealed = NULL, address = NULL, erased_by = %s", old[0])
    export_bundle(actor=CONSOLE, target=tmp_path / "made", personal=True)
    assert kinds(check_bundle(tmp_path / "made")) == ["personal_missing"] * 2
    assert [finding.kind for finding in verify_log().findings] == ["personal_missing"] * 2
    attack(
        "UPDATE audit_personal SET erased_by = overlay(erased_by::text placing '1' from 36)::uuid"
    )
    assert [finding.kind for finding in verify_log().findings] == ["personal_missing"] * 2


@pytest.mark.parametrize("personal", [False, True])
def test_who_exports_right_after_an_erasure_or_an_archive_is_not_alarmed(
    old: list[UUID], siti: Actor, tmp_path: Path, personal: bool
) -> None:
    """Honest: neither was signed, nor even numbered, when the export began."""
    assert siti.person
    archived(tmp_path / "month")
    export_bundle(actor=CONSOLE, target=tmp_path / "archived", personal=personal)
    erase_personal(actor=CONSOLE, person=siti.person, basis=BASIS)
    export_bundle(actor=CONSOLE, target=tmp_path / "erased", personal=personal)
    for name in ("archived", "erased"):
        report = check_bundle(tmp_path / name, archives=[tmp_path / "month"])
        assert report.exit_code == 0, report.findings


def change_part(**values: Any) -> Callable[[dict[str, Any]], None]:
    """Change what is told of the personal part of the entry number 0."""
    return lambda part: part.update(values)


@pytest.mark.parametrize(
    "change",
    [change_part(subject={"opened": {"facts.email": ["AAAA", "x"]}}), change_part(other={}),
     change_part(subject={"erased_by": "x"}), change_part(actor=7), change_part(actor={}),
     change_part(actor={"opened": []}), change_part(actor={"erased_by": 7}),
     lambda part: part["actor"].update(erased_by="x"),
     lambda part: part["actor"].update(note="read this")],
)  # fmt: skip
def test_personal_values_beside_those_committed_to_are_found(
    sealed: list[UUID], tmp_path: Path, change: Any
) -> None:
    """Attack: values that no commitment is held against travel with the good ones."""
    folder = tmp_path / "opened"
    export_bundle(actor=CONSOLE, target=folder, personal=True)
    lines = (folder / PERSONAL).read_bytes().splitlines()
    first = json.loads(lines[0])
    change(first)
    rewrite(folder, PERSONAL, b"\n".join([canonical(first), *lines[1:], b""]))
    assert check_bundle(folder).exit_code == 1


def test_values_in_a_bundle_that_promises_none_are_found(made: Path) -> None:
    """Attack: open a few values of a bundle in which nobody counts how many there should be."""
    rewrite(made, PERSONAL, canonical({"index": 0, "actor": {"opened": {}}}) + b"\n")
    assert kinds(check_bundle(made)) == ["line"]


def test_bytes_after_the_longest_manifest_are_found(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: something else travels behind a manifest that is as long as one may be."""
    text = (made / "manifest.json").read_bytes()
    monkeypatch.setattr(offline_folder, "_LARGEST_MANIFEST", len(text))
    assert check_bundle(made).exit_code == 0
    (made / "manifest.json").write_bytes(text + b"x")
    (made / "manifest.sha256").write_text(digest_line(text))
    assert kinds(check_bundle(made)) == ["manifest"]


def test_a_part_without_any_entry_is_found_and_is_not_made(made: Path, tmp_path: Path) -> None:
    """Attack: a part that is said to be in full, and is of no number."""
    rewrite(made, LEAVES, b"\n" * 11, first=3, end=3)
    assert kinds(check_bundle(made)) == ["empty"]
    with pytest.raises(NothingToExport):
        export_bundle(
            actor=CONSOLE, target=tmp_path / "none", since=datetime(2099, 1, 1, tzinfo=UTC)
        )
    assert not (tmp_path / "none").exists()
    assert manifest_of(made)["entries"]["size"] == 11
