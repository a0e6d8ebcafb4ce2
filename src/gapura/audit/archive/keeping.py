"""What is told about keeping the log: rules in order, months that are only in files."""

from datetime import date
from typing import Any

from gapura.audit.archive import months
from gapura.audit.archive.register import ArchivedMonth, archived_now
from gapura.audit.archive.retention import all_rules

month_named = months.read


def archived_months() -> list[ArchivedMonth]:
    """The months that are only in files, the oldest first."""
    return sorted(archived_now().months.values())


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
