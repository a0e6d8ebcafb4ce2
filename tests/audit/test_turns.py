"""Erasing beside archiving, restoring and exporting: nothing that is erased comes back or stays."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction

from gapura.audit.archive import partitions
from gapura.audit.archive.due import due_folders
from gapura.audit.archive.turns import take_turn
from gapura.audit.errors import BadMonth, NoSuchExport
from gapura.audit.exports import making
from gapura.audit.models import Export, ExportPart, SavedView
from gapura.audit.proof.checking import Outcome, check
from gapura.audit.proof.receipts import Claim
from gapura.audit.queries import Filters, archived_months, export_for, log_views
from gapura.audit.search import explorer, looks
from gapura.audit.services import (
    ask_for_export,
    erase_personal,
    fetch_export,
    make_export,
    save_view,
    verify_log,
)
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.ids import uuid7
from tests.audit.test_archive import CONSOLE, OLD, archived, back, old
from tests.audit.test_archive import _sealed as seal

__all__ = ["old"]

BASIS = "Law 27/2022 article 43"
WORKER = system_actor("worker")
HERS = (b"siti@x.id", b"198.51.100.9")
_OPEN = "SELECT count(*) FROM audit_personal WHERE person = %s AND sealed IS NOT NULL"


@pytest.fixture
def platform(budi: Actor) -> Actor:
    return replace(budi, person=uuid7(), username="admin",
                   grant=ActiveGrant(uuid7(), "admin_platform"))  # fmt: skip


@contextmanager
def beside(act: Callable[[], Any]) -> Iterator[threading.Thread]:
    """Runs at the same time on a connection of its own; its error is raised at the end."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    yield thread
    thread.join(30)
    assert not thread.is_alive()
    if errors:
        raise errors[0]


def erase(person: UUID | None) -> int:
    assert person
    return erase_personal(actor=CONSOLE, person=person, basis=BASIS)


def asked(actor: Actor, form: str = "json") -> UUID:
    filters = Filters(event="audit.trial.happened")
    reason = "pemeriksaan rutin tahunan"
    return ask_for_export(actor=actor, filters=filters, form=form, reason=reason)


def test_a_month_that_comes_back_waits_for_an_erasure_that_has_begun(
    old: list[UUID], tmp_path: Path, siti: Actor
) -> None:
    """Attack: bring a month back while somebody is being erased; neither sees the other."""
    archived(tmp_path / "a")
    seal()
    with ExitStack() as stack, transaction.atomic():
        erase(siti.person)
        thread = stack.enter_context(beside(lambda: back(tmp_path / "a")))
        thread.join(0.5)
        assert thread.is_alive(), "it waits for its turn"
    seal()
    assert partitions.rows(_OPEN, [siti.person]) == [(0,)]
    assert verify_log().exit_code == 0


def test_no_month_is_archived_while_somebody_is_being_erased(
    old: list[UUID], tmp_path: Path
) -> None:
    with transaction.atomic():
        take_turn()
        with (
            pytest.raises(BadMonth, match="archiving or erasing"),
            beside(lambda: archived(tmp_path / "a")),
        ):
            pass


def test_a_file_of_before_is_gone_with_the_erasure_and_says_why(
    old: list[UUID], platform: Actor, siti: Actor
) -> None:
    """Attack: ask for a file, let the person be erased, and download it within the week."""
    key = asked(platform)
    make_export(actor=WORKER, export_id=key)
    content = fetch_export(actor=platform, export_id=key).unpacked()
    assert all(value in content for value in HERS)
    erase(siti.person)
    assert not ExportPart.objects.exists()
    with pytest.raises(NoSuchExport):
        fetch_export(actor=platform, export_id=key)
    view = export_for(platform, key)
    assert (view.went_early, view.can_be_fetched, bool(view.sha256)) == (True, False, True)


def test_a_file_that_is_being_made_begins_anew_after_an_erasure(
    old: list[UUID], platform: Actor, siti: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: be erased between the reading and the keeping of a file."""
    key, keep = asked(platform), looks.note_people
    done: list[Any] = []

    def erased_first(*args: Any, **more: Any) -> int:
        if not done:
            done.append(erase(siti.person))
        return keep(*args, **more)

    monkeypatch.setattr(making, "note_people", erased_first)
    make_export(actor=WORKER, export_id=key)
    content = fetch_export(actor=platform, export_id=key).unpacked()
    assert done
    assert not any(value in content for value in HERS)


def test_a_file_does_not_miss_half_of_a_month_that_leaves_meanwhile(
    old: list[UUID], platform: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: archive a month between two pages, so that the file looks whole and is not."""
    key, find, calls = asked(platform), explorer.find, []

    def leaving(*args: Any, **more: Any) -> Any:
        calls.append(1)
        if len(calls) == 2:
            archived(tmp_path / "a")
        return find(*args, **more)

    monkeypatch.setattr(making, "_PAGE", 2)
    monkeypatch.setattr(making, "find", leaving)
    make_export(actor=WORKER, export_id=key)
    content = fetch_export(actor=platform, export_id=key).unpacked()
    assert [one.month for one in archived_months()] == [OLD]
    assert b'"months_in_archive": "2020-03"' in content
    assert Export.objects.get(pk=key).rows == 2, "what is in the database, and all of that"


def test_kept_searches_for_the_person_go_with_the_erasure(
    old: list[UUID], platform: Actor, budi: Actor, siti: Actor
) -> None:
    """Attack: learn from a kept search whom somebody looked for after that person was erased."""
    for name, query in (
        ("hers", {"actor": "siti"}),
        ("words", {"text": "siti malam"}),
        ("id", {"person": str(siti.person)}),
        ("others", {"text": "sitiawan"}),
    ):
        save_view(actor=platform, name=name, query=query)
    erase(siti.person)
    assert [view.name for view in log_views(platform)] == ["others"]
    assert budi.person
    save_view(actor=budi, name="own", query={"result": "done"})
    erase(budi.person)
    assert not SavedView.objects.filter(person=budi.person).exists()


def test_folders_that_hold_what_was_erased_are_due(
    old: list[UUID], tmp_path: Path, siti: Actor
) -> None:
    """An erasure reaches into no folder: whoever keeps it has to be told."""
    first = archived(tmp_path / "a")
    seal()
    today = clock.now().date()
    assert due_folders(today) == []
    erase(siti.person)
    seal()
    (due,) = due_folders(today)
    assert (due.month, due.manifest, due.why, due.replaced) == (
        OLD, first.manifest, "erased", False
    )  # fmt: skip
    back(tmp_path / "a")
    archived(tmp_path / "b")
    seal()
    (due,) = due_folders(today)
    assert (due.manifest, due.replaced) == (first.manifest, True), "destroy it, no more than that"
    assert {folder.why for folder in due_folders(today + timedelta(days=365 * 9))} == {"over"}


def test_the_receipt_of_an_archived_step_holds_and_says_what_was_not_looked_at(
    old: list[UUID], tmp_path: Path
) -> None:
    archived(tmp_path / "a")
    seal()
    found = check(Claim(event=old[1]))
    assert (found.outcome, found.archived) == (Outcome.PROVEN, True)
    back(tmp_path / "a")
    seal()
    assert not check(Claim(event=old[1])).archived
