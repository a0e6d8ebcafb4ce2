"""The worked example in CONTRIBUTING.md shows lines that are really there."""

import re

import pytest

from tools.house.inventory import ROOT

TEXT = (ROOT / "CONTRIBUTING.md").read_text()
# A numbered step with its file, and the fenced lines below it.
STEP = re.compile(r"^\*\*\d+\. `([^`]+)`\*\*.*?^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
STEPS = STEP.findall(TEXT)


def test_there_is_an_example() -> None:
    assert len(STEPS) >= 10


@pytest.mark.parametrize(("path", "lines"), STEPS, ids=[path for path, _ in STEPS])
def test_every_line_of_the_example_stands_in_its_file(path: str, lines: str) -> None:
    there = {line.strip() for line in (ROOT / path).read_text().splitlines()}
    assert [line for line in lines.splitlines() if line.strip() not in there] == []
