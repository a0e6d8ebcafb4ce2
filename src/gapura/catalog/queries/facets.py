"""How many products lie in which categories: counted with the line of their parents."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from gapura.catalog.queries.cards import fetch
from gapura.catalog.queries.categories import name_column
from gapura.catalog.queries.views import CategoryView

_LINES = """
    SELECT n.count, t.code, t.{name}, m.code, m.{name}, g.code, g.{name}
    FROM ({counted} GROUP BY 1) AS n (category, count)
    JOIN catalog_category g ON g.code = n.category
    JOIN catalog_category m ON m.code = g.parent_id
    JOIN catalog_category t ON t.code = m.parent_id
    ORDER BY t.{name}, t.code, m.{name}, m.code, g.{name}, g.code
"""


class Line(NamedTuple):
    """A category of level 3 that holds something, with the two above it: codes and names."""

    products: int
    first: str
    first_name: str
    second: str
    second_name: str
    leaf: str
    leaf_name: str

    def holds(self, code: str) -> bool:
        """True when the category `code`, of any level, holds what this line counts."""
        return code in (self.first, self.second, self.leaf)


def counted_lines(counted: str, values: Mapping[str, Any]) -> list[Line]:
    """The lines of what a statement counts by category, in the order of the tree. One query.

    `counted` selects category code and count, without its GROUP BY. Products lie in categories
    of level 3 only.
    """
    sql = _LINES.format(name=name_column(), counted=counted)
    return [Line(*row) for row in fetch(sql, values)]


def facets_of(lines: Iterable[Line]) -> tuple[CategoryView, ...]:
    """The categories of every level that hold something, each with its sum, as the tree has them.

    The names are those of the current language, as the lines have them.
    """
    sums: dict[str, int] = {}
    seen: dict[str, tuple[str, int, str]] = {}
    for line in lines:
        for code, name, level, parent in (
            (line.first, line.first_name, 1, ""),
            (line.second, line.second_name, 2, line.first),
            (line.leaf, line.leaf_name, 3, line.second),
        ):
            sums[code] = sums.get(code, 0) + line.products
            seen.setdefault(code, (name, level, parent))
    return tuple(CategoryView(code, *told, sums[code]) for code, told in seen.items())
