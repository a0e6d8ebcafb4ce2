"""The providers that ours is measured against: their lists, what they are asked, the ratios."""

import re
import subprocess
from collections import Counter
from typing import cast

import pytest

from bench import pythons, versus
from bench.flood import Flooded
from bench.stage import Server, Stage

NOBODY = cast("subprocess.Popen[bytes]", None)


@pytest.mark.parametrize("name", pythons.PATHS)
def test_what_a_provider_needs_is_pinned_with_hashes_and_names_no_index(name: str) -> None:
    text = (pythons.HERE / name / "requirements.txt").read_text()
    pins = re.findall(r"^[a-z][\w.-]+==", text, re.MULTILINE)
    assert {f"{name}==", "granian==", "psycopg=="} <= set(pins)
    assert len(re.findall(r"--hash=sha256:", text)) >= len(pins)
    assert "://" not in text


def test_all_that_is_asked_is_looked_at_before_it_is_measured() -> None:
    assert {what for paths in pythons.PATHS.values() for what in paths} <= set(versus._PROOF)


def test_the_best_in_python_is_looked_for_in_each_round(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ports stand for who is asked: ours, oidc-provider, two in Python; the first is to warm up."""
    costs = {1: (9, 1, 1, 1), 2: (9, 2, 2, 2), 3: (9, 4, 8, 5), 4: (9, 8, 4, 8)}
    asked: Counter[int] = Counter()

    def flood(here: Stage, server: Server, requests: object, *, seconds: float) -> Flooded:
        half = costs[server.port][asked[server.port]] / 2
        asked[server.port] += 1
        return Flooded(10, 1.0, half, half, 1.0, 2.0)

    monkeypatch.setattr(versus, "flood", flood)
    monkeypatch.setattr(versus, "_prove", lambda name, side: None)
    monkeypatch.setattr(versus, "ROUNDS", 3)
    ours, theirs, *others = (
        versus.Side(name, Server(NOBODY, port), [b""], times)
        for port, (name, times) in enumerate(
            [("", None), ("npm", 1.2), ("a", None), ("b", None)], 1
        )
    )
    figures = versus.compared(cast(Stage, None), "token", ours, theirs, others, 3.0)
    told = {figure.name: figure for figure in figures}
    assert told["our token / npm's"].value == 0.5
    assert told["our token / npm's"].limit == pytest.approx(1 / 1.2)
    assert (told["our token / a's"].value, told["our token / a's"].ok) == (0.2, None)
    best = told["our token / the best in Python"]
    assert (best.value, best.ok) == (0.25, True)
