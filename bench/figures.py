"""What an area answers: figures with their limits, as a table or as JSON."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `limit` is the most it may be; None where nothing is promised."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def ok(self) -> bool | None:
        """Within its limit; None without one."""
        return None if self.limit is None else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Report:
    """All figures of an area, and what they were measured on."""

    area: str
    figures: tuple[Figure, ...]
    about: dict[str, Any] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Nothing is over its limit."""
        return all(figure.ok is not False for figure in self.figures)

    def as_json(self) -> str:
        """One object; `figures` is a list, so that it can be read without knowing the names."""
        rows = [{**asdict(figure), "ok": figure.ok} for figure in self.figures]
        for row in rows:
            row["value"] = round(row["value"], 4)
        return json.dumps(
            {"area": self.area, "ok": self.ok, "about": self.about, "figures": rows}, indent=1
        )

    def as_text(self) -> str:
        """A table for people."""
        rows = [("figure", "value", "limit", "")]
        rows += [_line(figure) for figure in self.figures]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        lines = [
            f"  {a:<{widths[0]}}  {b:>{widths[1]}}  {c:>{widths[2]}}  {d}".rstrip()
            for a, b, c, d in rows
        ]
        about = ", ".join(f"{name} {value}" for name, value in self.about.items())
        return "\n".join([f"{self.area}: {about}", *lines])


def _line(figure: Figure) -> tuple[str, str, str, str]:
    limit = "" if figure.limit is None else f"{figure.limit:g}"
    verdict = {True: "ok", False: "OVER", None: ""}[figure.ok]
    said = "  ".join(part for part in (verdict, figure.note) if part)
    return figure.name, f"{_short(figure.value)} {figure.unit}".rstrip(), limit, said


def _short(value: float) -> str:
    digits = 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2
    return f"{value:,.{digits}f}" if value != int(value) or digits < 2 else f"{int(value)}"
