"""The sequencer: nothing is skipped, two do not meet, no half after a crash, no false signature."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction

from gapura.audit import checkpoints as signing
from gapura.audit import sealer
from gapura.audit.errors import LogBroken
from gapura.audit.queries import backlog, verified_up_to
from gapura.audit.services import checkpoint, run_forever, seal, seal_all, verify_log
from gapura.kernel import clock
from tests.audit.conftest import Attack, Note


def leaves() -> list[tuple[int, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT index, event_id FROM audit_leaf ORDER BY index")
        return [(index, event) for index, event in cursor.fetchall()]


def is_whole() -> bool:
    return verify_log().exit_code == 0


@contextmanager
def elsewhere(work: threading.Event, go_on: threading.Event, note: Note) -> Iterator[list[UUID]]:
    """A transaction of another connection that has recorded and stays open until `go_on`."""
    made: list[UUID] = []

    def hold() -> None:
        try:
            with transaction.atomic():
                made.extend(note())
                work.set()
                go_on.wait(10)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert work.wait(10)
        yield made
    finally:
        go_on.set()
        thread.join()


def test_entries_are_sealed_in_order_without_gaps(note: Note) -> None:
    made = note(3)
    assert seal() == 3
    made += note(2)
    assert seal() == 2
    assert leaves() == list(enumerate(made))
    assert seal() == 0


def test_an_older_transaction_that_commits_late_is_not_skipped(note: Note) -> None:
    begun, go_on = threading.Event(), threading.Event()
    with elsewhere(begun, go_on, note) as late:
        early = note(2)
        sealed_while_open = seal_all()
        go_on.set()
    assert sealed_while_open == 0, "younger entries wait for the older transaction"
    assert seal_all() == 3
    assert [event for _, event in leaves()] == [*late, *early]
    assert is_whole()


def test_a_transaction_that_rolls_back_does_not_hold_the_others(note: Note) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        note()
        _ = 1 / 0
    assert len(note(2)) == seal_all() == 2


def test_a_batch_may_end_inside_a_transaction(note: Note) -> None:
    with transaction.atomic():
        made = note(5)
    assert [seal(2), seal(2), seal(2)] == [2, 2, 1]
    assert {event for _, event in leaves()} == set(made)
    assert is_whole()


def test_of_two_sequencers_one_works(note: Note) -> None:
    note(3)
    with transaction.atomic():
        assert seal() == 3
        answers: list[int | None] = []

        def second() -> None:
            answers.extend([seal(), checkpoint(now=True)])
            connection.close()

        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert answers == [0, None]
    assert len(leaves()) == 3


def test_many_sequencers_at_once_make_one_whole_tree(note: Note) -> None:
    note(60)

    def work() -> None:
        for _ in range(30):
            seal(3)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal_all()
    checkpoint(now=True)
    assert len(leaves()) == 60
    assert is_whole()


def test_a_crash_between_leaves_and_nodes_leaves_nothing(
    note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(4)
    with monkeypatch.context() as patch:
        patch.setattr(sealer, "_NODES", "SELECT 1 / 0 FROM (SELECT %s, %s, %s) nothing")
        with pytest.raises(Exception, match="division by zero"):
            seal()
    assert leaves() == []
    assert seal_all() == 4
    assert is_whole()


def test_after_a_move_to_another_cluster_sealing_goes_on(
    sealed: list[UUID], note: Note, attack: Attack
) -> None:
    waiting = note()
    attack("UPDATE audit_event SET xid = '900000000' WHERE id = %s", waiting[0])
    far = sealed[-1]
    attack("UPDATE audit_event SET xid = '900000001' WHERE id = %s", far)
    fresh = note(2)
    assert backlog().waiting == 3
    assert seal_all() == 3
    assert {event for _, event in leaves()[-3:]} == {*waiting, *fresh}
    last = note()
    assert seal_all() == 1
    assert leaves()[-1][1] == last[0]


def test_a_checkpoint_comes_after_a_minute_or_a_thousand(
    note: Note, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert checkpoint(now=True) is None, "nothing to sign"
    note()
    seal_all()
    assert checkpoint() == 1
    assert checkpoint(now=True) is None, "nothing new to sign"
    note(2)
    seal_all()
    assert checkpoint() is None, "neither is over"
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert checkpoint() == 2
    note(3)
    seal_all()
    monkeypatch.setattr(signing, "CHECKPOINT_LEAVES", 3)
    assert checkpoint() is not None


CUT = """
    WITH cut AS (DELETE FROM audit_leaf WHERE index > 8 RETURNING event_id)
    DELETE FROM audit_event WHERE id IN (TABLE cut)
"""


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE audit_node SET hash = sha256('x') WHERE level = 3",
        "DELETE FROM audit_node WHERE level = 3",
        CUT,
    ],
)
def test_a_tree_that_contradicts_its_checkpoint_is_not_signed(
    sealed: list[UUID], note: Note, attack: Attack, damage: str
) -> None:
    attack(damage)
    note(3)
    with pytest.raises(LogBroken):
        seal_all()
        checkpoint(now=True)


def test_a_rewritten_history_does_not_pass_a_process_that_saw_the_old_one(
    sealed: list[UUID], note: Note, attack: Attack
) -> None:
    assert verified_up_to().whole
    for table in ("leaf", "node", "checkpoint"):
        attack(f"DELETE FROM audit_{table}")
    attack("DELETE FROM audit_event WHERE id = %s", sealed[3])
    note(2)
    seal_all()
    checkpoint(now=True)
    assert is_whole(), "an insider with the log's key built a tree that is whole in itself"
    assert not verified_up_to().whole


def test_the_loop_seals_and_signs_and_stops(note: Note) -> None:
    stop = threading.Event()
    thread = threading.Thread(target=run_forever, args=(stop,))
    thread.start()
    try:
        made = note(3)
        deadline = time.monotonic() + 10
        while backlog().waiting and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(leaves()) == len(made)
        while not verified_up_to().number and time.monotonic() < deadline:
            time.sleep(0.05)
        assert verified_up_to().whole
    finally:
        stop.set()
        thread.join(10)
    assert not thread.is_alive()


def test_the_loop_survives_database_trouble(note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    note()
    stop = threading.Event()
    with monkeypatch.context() as patch:
        patch.setattr(sealer, "_EDGE", "SELECT 1 / 0")
        patch.setattr(stop, "wait", lambda seconds: stop.set())
        run_forever(stop)
    assert backlog().waiting == 1
    assert seal_all() == 1


def test_the_backlog_tells_count_and_age(note: Note) -> None:
    assert backlog() == (0, 0.0)
    note(2)
    waiting, seconds = backlog()
    assert waiting == 2
    assert 0 <= seconds < 60
