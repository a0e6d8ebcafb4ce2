"""The bench's own parts: its command line, its tables, and how it reads processes."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import pytest

from bench.__main__ import AREAS, main
from bench.cpu import cpu_ms, own_memory_mb, tree, with_ended_ms
from bench.figures import Figure, Report
from bench.first_visit import _named
from bench.ranks import mann_whitney

ROOT = Path(__file__).resolve().parents[2]
linux = pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="reads /proc")


def test_an_unknown_area_is_told_in_a_sentence() -> None:
    command = [sys.executable, "-m", "bench", "nothing", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip().endswith(", ".join(AREAS) + ".")
    assert "'nothing'" in done.stderr


def test_every_area_has_its_module() -> None:
    modules = {path.stem for path in (ROOT / "bench/areas").glob("[a-z]*.py")}
    assert modules == set(AREAS)


def test_a_report_says_what_is_over_its_limit() -> None:
    report = Report("pages", (Figure("a", 1, "ms", 2), Figure("b", 3, "ms", 2), Figure("c", 9, "")))
    told = json.loads(report.as_json())
    assert [figure["ok"] for figure in told["figures"]] == [True, False, None]
    assert told["ok"] is False
    assert "OVER" in report.as_text().splitlines()[3]


@linux
def test_work_of_children_counts_also_after_their_end() -> None:
    spin = "import time\nwhile time.process_time() < 0.3: pass"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {spin!r}]); input()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as parent:
        until = time.monotonic() + 30
        while tree(parent.pid) != [parent.pid] or with_ended_ms(parent.pid) < 300:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert cpu_ms([parent.pid]) < 300
        assert own_memory_mb(parent.pid) > 1


def test_a_page_names_what_a_browser_loads_by_itself() -> None:
    html = """<link rel="stylesheet" href="/a.css"><link rel="canonical" href="/page">
        <script src="/b.js"></script><img alt="" src="/c.svg"><a href="/d">x</a>"""
    assert _named(html, "text/html; charset=utf-8") == ["/a.css", "/b.js", "/c.svg"]
    style = "a { background: url('e.svg') } b { src: url(data:x) }"
    assert _named(style, "text/css") == ["e.svg"]
    assert _named('import { x } from "./f.js";', "text/javascript") == ["./f.js"]


@linux
def test_json_on_the_standard_output_stands_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def measure() -> Report:
        print("gapura: sample data is ready")
        return Report("decide", ())

    monkeypatch.setattr("bench.areas.decide.measure", measure)
    monkeypatch.setattr(sys, "argv", ["bench", "decide", "--json"])
    assert main() == 0
    assert json.loads(capsys.readouterr().out)["area"] == "decide"


def test_ranks_tell_two_rows_of_figures_apart() -> None:
    same = [1.0, 2.0, 3.0, 4.0, 5.0] * 20
    assert mann_whitney(same, same) == 1.0
    assert mann_whitney(same, [x + 3 for x in same]) < 1e-9
    assert mann_whitney([1.0] * 5, [1.0] * 5) == 1.0
    with pytest.raises(ValueError, match="both sides"):
        mann_whitney([], [1.0])


@pytest.mark.parametrize("first", [(1, 2, 3, 5, 6, 8, 9, 9), (4, 5, 5, 7, 11, 12, 13, 14)])
def test_the_likelihood_of_ranks_is_what_trying_every_order_gives(first: tuple[int, ...]) -> None:
    """All ways to deal the same figures to two sides; the normal distribution comes close."""
    second = (3, 4, 6, 7, 10, 11, 13, 15)
    every = [*first, *second]

    def away(side: Sequence[int]) -> float:
        rest = list(every)
        for one in side:
            rest.remove(one)
        wins = sum((a > b) + (a == b) / 2 for a in side for b in rest)
        return abs(wins - len(side) * len(rest) / 2)

    found = away(first)
    dealt = [away(side) >= found for side in combinations(every, len(first))]
    assert abs(mann_whitney(first, second) - sum(dealt) / len(dealt)) < 0.025
