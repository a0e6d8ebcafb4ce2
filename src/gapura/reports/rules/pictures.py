"""What a picture shows, before anybody draws it: rows of numbers with names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

BARS, STACKED, LINES, HEAT, DOTS = "bars", "stacked", "lines", "heat", "dots"
KINDS = (BARS, STACKED, LINES, HEAT, DOTS)
COUNT, MONEY, SHARE = "count", "money", "share"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a picture. `label` is a message id, or words as they are where `said` is set.

    `values` are whole numbers (counts, or rupiah), one for each column.
    """

    label: str
    values: tuple[int, ...]
    said: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart and its table. `title`, `says` and `columns` are message ids.

    `says` tells what was counted; `columns` name the values of each row, and are read as they are
    where `said` is set. `head` names the first column. `measure` is COUNT or MONEY (rupiah).
    """

    code: str
    kind: str
    title: str
    says: str
    head: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    measure: str = COUNT
    said: bool = False
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def most(self) -> int:
        """The longest bar: of stacked ones their sum, else the greatest value; at least one."""
        whole = self.kind == STACKED
        return max((sum(r.values) if whole else max(r.values) for r in self.rows), default=0) or 1

    @property
    def empty(self) -> bool:
        """Nothing at all was counted."""
        return not any(value for row in self.rows for value in row.values)


def kept(pictures: Iterable[Picture]) -> list[dict[str, Any]]:
    """Pictures as JSON keeps them."""
    return [asdict(each) for each in pictures]


def opened(kept_ones: Sequence[Mapping[str, Any]]) -> tuple[Picture, ...]:
    """Pictures as they were before `kept`."""
    return tuple(
        Picture(
            **{
                **each,
                "columns": tuple(each["columns"]),
                "rows": tuple(
                    Row(row["label"], tuple(row["values"]), row["said"]) for row in each["rows"]
                ),
            }
        )
        for each in kept_ones
    )


def months_between(first: date, last: date) -> list[date]:
    """The first days of the months from that of `first` to that of `last`."""
    found, day = [], first.replace(day=1)
    while day <= last:
        found.append(day)
        day = next_month(day)
    return found


def next_month(day: date) -> date:
    """The first day of the month after that of `day`."""
    return day.replace(day=1, year=day.year + day.month // 12, month=day.month % 12 + 1)
