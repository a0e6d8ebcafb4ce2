"""The documents tell what is there: generated pages fresh, references alive, nothing left out."""

import json
import re

import pytest

from tools.house import page
from tools.house.inventory import ROOT

DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
TEST = re.compile(r"`(tests/[\w/.-]+)(?:::(\w+))?`")


def test_the_page_about_the_house_is_fresh() -> None:
    """Write it again: `python -m tools.house`."""
    assert page.is_fresh()


@pytest.mark.parametrize("file", DOCS, ids=lambda f: f.name)
def test_every_link_leads_somewhere(file) -> None:  # type: ignore[no-untyped-def]
    inside = [t for t in LINK.findall(file.read_text()) if "://" not in t and ":" not in t]
    assert [target for target in inside if not (file.parent / target).exists()] == []


@pytest.mark.parametrize("file", DOCS, ids=lambda f: f.name)
def test_every_test_that_is_named_exists(file) -> None:  # type: ignore[no-untyped-def]
    for path, name in TEST.findall(file.read_text()):
        assert (ROOT / path).exists(), path
        if name:
            assert f"def {name}(" in (ROOT / path).read_text(), f"{path}::{name}"


def _wanted() -> set[str]:
    lines = (ROOT / "requirements.in").read_text() + (ROOT / "requirements-dev.in").read_text()
    names = {re.split(r"[<>=\[ ;]", line)[0] for line in lines.splitlines()}
    package = json.loads((ROOT / "package.json").read_text())
    npm = {*package.get("dependencies", {}), *package.get("devDependencies", {})}
    return {name for name in names | npm if name and not name.startswith(("#", "-"))}


def test_every_dependency_has_its_reason() -> None:
    told = (ROOT / "docs/dependencies.md").read_text().lower()
    assert sorted(name for name in _wanted() if f"`{name.lower()}`" not in told) == []


def test_every_point_of_the_mission_has_its_line_and_its_test() -> None:
    """The points are numbered 1.1 to 10.1; a line names a test or says that it is not done yet."""
    text = (ROOT / "docs/mission.md").read_text()
    rows = dict(re.findall(r"^\| (\d+\.\d) \|(.*)\|$", text, re.MULTILINE))
    assert len(rows) == POINTS
    silent = [n for n, row in rows.items() if not TEST.search(row) and "not yet" not in row.lower()]
    assert silent == []


POINTS = 25


def test_every_setting_is_described_for_operators() -> None:
    from gapura.config.environment import PREFIX, SETTINGS

    told = (ROOT / "docs/operations.md").read_text()
    assert [s.name for s in SETTINGS if f"{PREFIX}{s.name}" not in told] == []
