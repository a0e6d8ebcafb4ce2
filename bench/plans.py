"""Statements as PostgreSQL would run them: where it reads a large table from end to end."""

import json
from collections.abc import Iterable, Iterator
from typing import Any


def full_scans(statements: Iterable[str], large: Iterable[str]) -> list[str]:
    """The names of large tables that a statement reads whole, once for each time."""
    from django.db import connection

    watched, found = set(large), []
    with connection.cursor() as cursor:
        for statement in statements:
            if not statement.startswith("SELECT"):
                continue
            # What was captured holds its values, and a percent sign stands for itself.
            cursor.execute("EXPLAIN (FORMAT JSON) " + statement.replace("%", "%%"), [])
            told = cursor.fetchone()[0]
            plans = json.loads(told) if isinstance(told, str) else told
            found += [node["Relation Name"] for node in _nodes(plans[0]["Plan"]) if _whole(node)]
    return [name for name in found if name in watched]


def _whole(node: dict[str, Any]) -> bool:
    return bool(node["Node Type"] == "Seq Scan")


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", ()):
        yield from _nodes(part)
