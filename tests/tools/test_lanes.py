"""The lanes of ./test: what is chosen, what is said last, and where the browser is found."""

from pathlib import Path

import pytest

from tests.order import A_FILE, few
from tools import lanes
from tools.browser import find_chromium
from tools.lanes import Result, from_here, is_part, report
from tools.stamps import fingerprint, is_current, remember


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ([], False),
        (["-x", "-q"], False),
        (["-n", "4"], False),
        (["-k", "approve"], True),
        (["-kapprove"], True),
        ([__file__], True),
        ([f"{__file__}::test_a_part"], True),
    ],
)
def test_a_path_or_an_expression_makes_it_a_part(arguments: list[str], part: bool) -> None:
    assert is_part(arguments) is part


def test_a_path_is_meant_from_where_the_command_was_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OLDPWD", str(Path(__file__).parent))
    assert from_here("test_lanes.py::test_x") == f"{__file__}::test_x"
    assert from_here("-k") == "-k"
    assert from_here("approve") == "approve"


@pytest.mark.parametrize(
    "line",
    [
        "======= 3 passed, 1 skipped in 0.12s =======",
        "==== 1 failed, 812 passed in 321.40s (0:05:21) ====",
        "812 passed in 9.10s",
        "== no tests ran in 0.01s ==",
        "= 2 errors in 1.00s =",
    ],
)
def test_the_summary_line_of_pytest_is_recognized(line: str) -> None:
    assert lanes.SUMMARY.fullmatch(line)


def test_an_ordinary_line_is_no_summary() -> None:
    assert not lanes.SUMMARY.fullmatch("tests/a.py::test_b PASSED")


def test_the_last_line_is_the_summary_of_the_run_that_failed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    bad, good = (
        Result("a", False, 1, "1 failed in 1.00s"),
        Result("b", True, 1, "2 passed in 2.00s"),
    )
    assert report([bad, good]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "== 1 failed in 1.00s =="
    assert report([good]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "== 2 passed in 2.00s =="


def test_chromium_is_the_named_one_else_one_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("tools.browser.MAC", ())
    assert find_chromium({}) is None
    (tmp_path / "chromium-browser").touch(mode=0o755)
    assert find_chromium({}) == str(tmp_path / "chromium-browser")
    (tmp_path / "chromium-headless-shell").touch(mode=0o755)
    assert find_chromium({}) == str(tmp_path / "chromium-headless-shell")
    assert find_chromium({"GAPURA_CHROME": "/nowhere/chrome"}) is None


def test_a_stamp_is_current_until_an_input_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "stamps/source"
    source.write_text("one")
    remember(stamp, fingerprint([source]))
    assert is_current(stamp, fingerprint([source]))
    source.write_text("two")
    assert not is_current(stamp, fingerprint([source]))


def test_of_each_file_a_few_tests_and_of_each_test_the_first_case_are_taken(
    request: pytest.FixtureRequest,
) -> None:
    """The older engine sees every file, not every case."""
    every, chosen = ([i.nodeid for i in found] for found in (
        request.session.items, few(request.session.items)
    ))  # fmt: skip
    assert len({name.partition("[")[0] for name in chosen}) == len(chosen)
    for file in {name.partition("::")[0] for name in every}:
        tests = {name.partition("[")[0] for name in every if name.startswith(f"{file}::")}
        here = [name for name in chosen if name.startswith(f"{file}::")]
        assert len(here) == min(A_FILE, len(tests))
