"""Querysets compiled once and run as SQL: a third of the CPU of building them each time."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from threading import Lock
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators
from django.db.models.sql.compiler import SQLCompiler
from psycopg.sql import Literal

M = TypeVar("M", bound=Model)

_MARKS = re.compile("%[s%]")
# What stands for itself in SQL whatever column it is compared with.
_WRITTEN = (str, int, Decimal, date, UUID)


class Prepared:
    """A queryset written once in the ORM and run many times.

    `build` gets one probe per parameter and answers a `.values_list(...)` queryset; each probe must
    appear in its SQL exactly once, so parameters are given unique values of their own type.

    All other values are written into the text: so a plan that PostgreSQL keeps for any parameter
    still sees that a partial index fits, and is planned once and not at every call.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], *probes: Any) -> None:
        if len(set(map(repr, probes))) != len(probes):
            raise ValueError("probes must differ from each other")
        self._build, self._probes = build, probes
        self._compiled: tuple[str, list[int | Any]] | None = None
        self._lock = Lock()

    def _compile(self) -> tuple[str, list[Any]]:
        sql, params = self._sql(self._build(*self._probes))
        places: list[Any] = []
        given = iter(params)

        def put(mark: re.Match[str]) -> str:
            if mark[0] == "%%":
                return "%%"
            value = next(given)
            at = [i for i, probe in enumerate(self._probes) if value == probe]
            if not at and isinstance(value, _WRITTEN):
                return Literal(value).as_string().replace("%", "%%")
            places.append(_Place(at[0]) if at else value)
            return "%s"

        sql = _MARKS.sub(put, sql)
        found = {p.index for p in places if isinstance(p, _Place)}
        if found != set(range(len(self._probes))):
            raise ValueError("a parameter is missing in the compiled query")
        return sql, places

    def _sql(self, rows: QuerySet[Any, Any]) -> tuple[str, Iterable[Any]]:
        return rows.query.sql_with_params()

    def statement(self, *values: Any) -> tuple[str, list[Any]]:
        """Its SQL and parameters, for whoever brings a connection: the doors run the same text."""
        if self._compiled is None:
            with self._lock:
                self._compiled = self._compile()
        sql, places = self._compiled
        return sql, [values[p.index] if isinstance(p, _Place) else p for p in places]

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """Run it; values in the order of the probes, none of them None."""
        sql, params = self.statement(*values)
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            rows: list[tuple[Any, ...]] = cursor.fetchall()
            return rows


class PreparedRow(Prepared, Generic[M]):
    """The same for a model's one row with its `select_related` neighbors.

    Django works the columns of each neighbor out anew at every call, which for a row with a dozen
    of them takes ten times as long as the statement.
    """

    _compiler: SQLCompiler

    def __init__(self, build: Callable[..., QuerySet[M]], *probes: Any) -> None:
        super().__init__(build, *probes)

    def _sql(self, rows: QuerySet[Any, Any]) -> tuple[str, Iterable[Any]]:
        self._compiler = rows.query.get_compiler(connection=connection)
        return self._compiler.as_sql()

    def one(self, *values: Any) -> M | None:
        """The first row that is found, or None."""
        found = self.rows(*values)
        if not found:
            return None
        compiler = self._compiler
        converters = compiler.get_converters([column[0] for column in compiler.select])
        (row,) = compiler.apply_converters(found[:1], converters)
        made: M = _made(compiler, row)
        return made


def _made(compiler: SQLCompiler, row: list[Any]) -> Any:
    """The object and its neighbors, as `django.db.models.query.ModelIterable` makes them."""
    select, about = compiler.select, compiler.klass_info
    own = slice(about["select_fields"][0], about["select_fields"][-1] + 1)
    names = [column[0].target.attname for column in select[own]]
    made = about["model"].from_db(connection.alias, names, row[own])
    # The stubs speak of a newer Django.
    neighbors = get_related_populators(about, select, connection.alias)  # type: ignore[call-arg]
    for neighbor in neighbors:
        neighbor.populate(row, made)
    for name, place in compiler.annotation_col_map.items():
        setattr(made, name, row[place])
    return made


class _Place:
    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index
