"""What is told about keeping the log: rules in order, months that are only in files."""

from datetime import date
from functools import lru_cache
from time import monotonic
from typing import Any

from gapura.audit.archive import months
from gapura.audit.archive.register import ArchivedMonth, archived_now
from gapura.audit.archive.retention import all_rules

month_named = months.read
# Seconds. Every page of the log names these months, which change a few times a year.
_KNOWN_FOR = 600


def archived_months() -> list[ArchivedMonth]:
    """The months that are only in files, the oldest first."""
    return sorted(archived_now().months.values())


def months_in_archive() -> tuple[str, ...]:
    """The names of these months as they were at most ten minutes ago: for pages that search."""
    return _in_archive(int(monotonic() // _KNOWN_FOR))


@lru_cache(maxsize=1)
def _in_archive(_when: int) -> tuple[str, ...]:
    return tuple(months.said(one.month) for one in archived_months())


def keeping_rules(today: date) -> list[dict[str, Any]]:
    """Every rule of keeping, past and to come, as plain values."""
    return [
        {
            "key": row.key,
            "months": row.value,
            "basis": row.basis,
            "from": row.valid_from.isoformat(),
            "to": row.valid_to.isoformat() if row.valid_to else None,
            "in_force": row.valid_from <= today and (row.valid_to is None or today < row.valid_to),
        }
        for row in all_rules()
    ]
