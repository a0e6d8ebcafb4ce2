"""Attacks on archives: a month leaves the database only into files that can bring it back."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from gapura.audit.archive import archiving, partitions
from gapura.audit.errors import BadArchive
from gapura.audit.queries import archived_months
from gapura.audit.services import erase_personal, verify_log
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from tests.audit.conftest import Attack, Note
from tests.audit.test_archive import (
    CONSOLE,
    LATER,
    NEXT,
    OLD,
    archived,
    back,
    crash_in,
    dump,
    old,
)
from tests.audit.test_archive import _rewrite as rewrite
from tests.audit.test_archive import _sealed as seal

__all__ = ["old"]


def test_a_tampered_folder_does_not_let_a_month_be_dropped(
    old: list[UUID], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: put a folder there first, so that the month is dropped without good files."""
    with crash_in(monkeypatch, archiving, "_record"):
        archived(tmp_path / "a")
    rewrite(tmp_path / "a", "entries.jsonl", b"AKS-2026-000001", b"AKS-2026-000009", manifest=True)
    before = dump()
    with pytest.raises(BadArchive, match="not what the tree was made of"):
        archived(tmp_path / "a")
    assert dump() == before


def _hollow(folder: Path) -> None:
    """An attacker empties the personal parts; all figures and hashes fit again."""
    data = (folder / "parts.jsonl").read_bytes()
    rewrite(folder, "parts.jsonl", data, b"", manifest=True)


def test_a_recorded_folder_without_its_parts_lets_no_month_be_dropped(
    old: list[UUID], tmp_path: Path
) -> None:
    """Attack: empty the parts of an archive between the run that writes and the run that drops."""
    archived(tmp_path / "a", drop=False)
    _hollow(tmp_path / "a")
    before = dump()
    with pytest.raises(BadArchive, match="no entry of the log names its manifest"):
        archived(tmp_path / "a")
    assert dump() == before


@pytest.mark.parametrize("change", [None, (b'"sealed":"', b'"sealed":"AAAA')])
def test_an_unrecorded_folder_is_held_against_the_database(
    old: list[UUID],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: tuple[bytes, bytes] | None,
) -> None:
    """Attack: empty or change parts in the folder of a run that was broken off."""
    with crash_in(monkeypatch, archiving, "_record"):
        archived(tmp_path / "a")
    if change:
        rewrite(tmp_path / "a", "parts.jsonl", *change, manifest=True)
    else:
        _hollow(tmp_path / "a")
    before = dump()
    with pytest.raises(BadArchive, match="personal part 1 is not"):
        archived(tmp_path / "a")
    assert dump() == before


def test_a_clock_that_was_ahead_makes_no_month_drop_out_of_the_register(
    old: list[UUID], note: Note, tmp_path: Path
) -> None:
    """Attack: the first month is archived three days ahead of the clock of the next ones."""
    with clock.frozen(datetime(2020, 4, 9, tzinfo=UTC)):
        note(1)
    partitions.rows("SELECT audit_make_month(%s)", [NEXT])
    with clock.frozen(datetime(2020, 5, 9, tzinfo=UTC)):
        note(1)
    partitions.rows("SELECT audit_make_month(%s)", [LATER])
    note(1)
    seal()
    with clock.frozen(clock.now() + timedelta(days=3)):
        archived(tmp_path / "a")
    for month in (NEXT, LATER):
        archived(tmp_path / str(month), month=month)
    seal()
    assert [one.month for one in archived_months()] == [OLD, NEXT, LATER]
    assert verify_log().exit_code == 0


def test_what_was_erased_after_an_archive_of_a_clock_ahead_stays_erased(
    old: list[UUID], tmp_path: Path, siti: Actor
) -> None:
    """Attack: archive with the clock ahead, so that erasures after it look older than it."""
    with clock.frozen(clock.now() + timedelta(days=3)):
        archived(tmp_path / "a")
    assert siti.person
    erase_personal(actor=CONSOLE, person=siti.person, basis="Law 27/2022 article 8")
    seal()
    back(tmp_path / "a")
    assert open_parts(siti) == 0


def test_entries_of_another_month_do_not_stand_for_those_that_leave(
    old: list[UUID], note: Note, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: as many honest entries of another month in the folder of a run broken off."""
    with clock.frozen(datetime(2020, 4, 9, tzinfo=UTC)):
        note(5)
    partitions.rows("SELECT audit_make_month(%s)", [NEXT])
    note(1)
    seal()
    with crash_in(monkeypatch, archiving, "_record"):
        archived(tmp_path / "a")
    archived(tmp_path / "b", drop=False, month=NEXT)
    ours, theirs = ((tmp_path / one / "entries.jsonl").read_bytes() for one in "ab")
    rewrite(tmp_path / "a", "entries.jsonl", ours, theirs, manifest=True)
    before = dump()
    with pytest.raises(BadArchive, match="of another month"):
        archived(tmp_path / "a")
    assert dump() == before


def test_what_was_erased_in_another_cluster_stays_erased(
    old: list[UUID], tmp_path: Path, siti: Actor, attack: Attack
) -> None:
    """A dump in a new cluster: transactions count anew there, so a later one looks older."""
    archived(tmp_path / "a")
    seal()
    attack("UPDATE audit_event SET xid = '900000000' WHERE name = 'audit.month.archived'")
    assert siti.person
    erase_personal(actor=CONSOLE, person=siti.person, basis="Law 27/2022 article 8")
    seal()
    back(tmp_path / "a")
    assert open_parts(siti) == 0


def test_what_was_erased_before_an_archive_takes_nothing_out_of_it(
    old: list[UUID], note: Note, tmp_path: Path, siti: Actor
) -> None:
    """What the person did after the erasure is no part of it."""
    assert siti.person
    erase_personal(actor=CONSOLE, person=siti.person, basis="Law 27/2022 article 8")
    with clock.frozen(datetime(2020, 3, 10, tzinfo=UTC)):
        note(2, actor=siti)
    partitions.rows("SELECT audit_make_month(%s)", [OLD])
    note(1)
    seal()
    before = dump()
    archived(tmp_path / "a")
    seal()
    back(tmp_path / "a")
    assert (dump(), open_parts(siti)) == (before, 2)


def open_parts(person: Actor) -> int:
    """How many personal parts of somebody are not erased."""
    sql = "SELECT count(*) FROM audit_personal WHERE person = %s AND sealed IS NOT NULL"
    return int(partitions.rows(sql, [person.person])[0][0])
