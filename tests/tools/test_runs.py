"""A run of the tests: its folder, and the order in which workers take the tests."""

import os
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from tests.folders import PREFIX, RunFolder
from tests.order import PILES, by_length

ROOT = Path(__file__).parents[2]


def test_the_next_run_clears_what_a_killed_one_left(tmp_path: Path) -> None:
    killed, starting = tmp_path / f"{PREFIX}killed", tmp_path / f"{PREFIX}starting"
    other = tmp_path / "other"
    for folder in (killed, starting, other):
        (folder / "static").mkdir(parents=True)
    running = RunFolder(tmp_path)
    an_hour_ago = time.time() - 3600
    for folder in (killed, other, running.path):
        os.utime(folder, (an_hour_ago, an_hour_ago))
    again = RunFolder(tmp_path)
    assert set(tmp_path.iterdir()) == {starting, other, running.path, again.path}
    again.discard()
    running.discard()
    assert set(tmp_path.iterdir()) == {starting, other}


def test_each_workers_part_begins_with_its_long_tests() -> None:
    short = [_test(f"tests/web/test_{n}.py::test") for n in range(40)]
    piles = [[_test(f"{name}.py::test") for name in pile] for pile in PILES]
    given: list[Any] = [*short[:10], *piles[1], *piles[0], *short[10:]]
    ordered = by_length(given)
    assert sorted(map(id, ordered)) == sorted(map(id, given))
    rest = ordered
    for number, pile in enumerate(piles):
        part = len(rest) // (len(piles) - number)
        assert rest[: len(pile)] == pile
        rest = rest[part:]


def test_every_long_test_is_there() -> None:
    assert [name for pile in PILES for name in pile if not (ROOT / f"{name}.py").exists()] == []


def _test(name: str) -> Any:
    return SimpleNamespace(nodeid=name)
