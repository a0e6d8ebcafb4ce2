"""Keeping the paths of units true, so that all that lies below one is found by its path."""

from django.db import connection

# Only rows whose path changes are written, so that a load without news writes nothing.
_FILL = """
WITH RECURSIVE tree (code, path) AS (
    SELECT code, code || '/' FROM organizations_unit WHERE parent_id IS NULL
    UNION ALL
    SELECT u.code, t.path || u.code || '/'
      FROM organizations_unit u JOIN tree t ON u.parent_id = t.code
)
UPDATE organizations_unit u SET path = tree.path
  FROM tree WHERE tree.code = u.code AND u.path <> tree.path
"""


def fill_paths() -> int:
    """Make every unit's path what its parents say; answers how many were changed.

    Belongs into the transaction that changed the tree.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FILL)
        return int(cursor.rowcount)


# What the column holds.
LONGEST_PATH = 400


def longest_below(path: str) -> int:
    """How long the part of the longest path is that a unit with this path brings along."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(length(path)) FROM organizations_unit WHERE path LIKE %s || '%%'", [path]
        )
        found = cursor.fetchone()
    longest = found[0] if found and found[0] else len(path)
    return int(longest) - len(path) + len(path.rstrip("/").rsplit("/", 1)[-1]) + 1
