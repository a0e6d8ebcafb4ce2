"""docs/security-exam.md: every attack of the list has its tests, and no attack's test is left out.

That each named test exists is asked by tests/house/test_documents.py, as of every document.
"""

import re

from tools.house.inventory import ROOT

EXAM = (ROOT / "docs/security-exam.md").read_text(encoding="utf-8")
ATTACKS = [
    "D9", "D14", "D15", "D16", "D17", "D18", "D19", "D20", "D22", "D25", "D34", "D35", "D36", "D37",
    "D39", "D40", "D41", "D42", "D44",
]  # fmt: skip
ROW = re.compile(r"^\| (D\d+) \|[^|]+\|(.+)\|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
WRITTEN = re.compile(r"^def (test_d\d+_\w+)\(", re.MULTILINE)


def test_every_attack_on_signing_in_has_a_test() -> None:
    rows = dict(ROW.findall(EXAM))
    assert sorted(rows) == sorted(ATTACKS)
    assert [attack for attack, tests in rows.items() if not NAMED.search(tests)] == []


def test_every_test_that_names_an_attack_stands_in_the_table() -> None:
    named = {f"{path}::{test}" for path, test in NAMED.findall(EXAM)}
    left_out = [
        f"{file.relative_to(ROOT)}::{test}"
        for file in sorted((ROOT / "tests").rglob("test_*.py"))
        for test in WRITTEN.findall(file.read_text(encoding="utf-8"))
        if f"{file.relative_to(ROOT)}::{test}" not in named
    ]
    assert left_out == []
