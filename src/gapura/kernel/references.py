"""Numbers that people read aloud: AKS-2026-000001, the year in Jakarta. Gaps are allowed."""

from django.db import connection

from gapura.kernel import clock

PREFIXES = ("AKS", "SK", "SP", "KAS", "PUL", "PRG", "EKS", "PDP")

_NEXT = """
    INSERT INTO kernel_reference (prefix, year, last) VALUES (%s, %s, 1)
    ON CONFLICT (prefix, year) DO UPDATE SET last = kernel_reference.last + 1 RETURNING last
"""


def next_reference(prefix: str) -> str:
    """The next `PREFIX-YYYY-NNNNNN`. Call it late: its row stays locked to the commit.

    :raises ValueError: for a prefix that is not in PREFIXES.
    """
    if prefix not in PREFIXES:
        raise ValueError(f"unknown reference prefix {prefix!r}")
    year = clock.today().year
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [prefix, year])
        row = cursor.fetchone()
    assert row is not None  # noqa: S101 - RETURNING always answers
    return f"{prefix}-{year}-{row[0]:06d}"
