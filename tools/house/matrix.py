"""Who may do what, worked out from the rules: one line a permission, one column a visitor."""

import csv
from collections.abc import Iterator

from gapura.access.queries import Cell, cell, visitors
from gapura.kernel.prospects import Answer
from tools.house.inventory import ROOT, permissions

FILE = ROOT / "tests/house/matrix.csv"
_WORDS = {Answer.NEVER: "", Answer.DEPENDS: "own", Answer.ALWAYS: "yes"}
_STRONGLY = "!"


def rows() -> Iterator[dict[str, str]]:
    """One row a permission, in the order of the alphabet."""
    who = visitors()
    for permission in sorted(permissions()):
        yield {"permission": permission} | {n: _word(cell(a, permission)) for n, a in who.items()}


def _word(found: Cell) -> str:
    """`yes`: always; `own`: it depends on the thing; empty: never. `!`: only signed in strongly."""
    return _WORDS[found.answer] + (_STRONGLY if found.strongly else "")


def reviewed() -> list[dict[str, str]]:
    """What was written down and looked at."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write() -> None:
    """Write the present rules down for review."""
    with FILE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["permission", *visitors()], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
