"""What each room holds about a person: where it stands, why, how long, how it is read and erased.

UU 27/2022 art. 21 wants purpose, basis and retention said, art. 31 a record of all processing. A
room declares its holdings in `holdings.py`; whoever gathers them needs to know no table.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db import models

_NAME = re.compile(r"[a-z_]+\.[a-z_]+")
_CHUNK = 2000

Row = Mapping[str, Any]

_registry: dict[str, "Holding"] = {}


class Source(Protocol):
    """Where a holding stands. `places` are its columns that name a person: `table.column`."""

    @property
    def places(self) -> tuple[str, ...]:
        """For the check that no table is forgotten."""

    def rows(self, person: UUID) -> Iterator[Row]:
        """What is held of this person, in clear, oldest first; read in pieces."""

    def newest(self, person: UUID, most: int) -> list[Row]:
        """The last ones, newest first, in one query; `most` up to 200."""

    def count(self, person: UUID) -> int:
        """How many rows that are, in one query."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table whose `person` column (or path) names the person.

    `columns` are read and handed out under these names; a path `case__reference` is one too.
    Secrets and their hashes are no columns to name here: nobody is told more by them.
    """

    model: type[models.Model]
    columns: tuple[str, ...]
    person: str = "person"

    @property
    def places(self) -> tuple[str, ...]:
        """The column; of a path the one at its end."""
        model: type[models.Model] = self.model
        *way, last = self.person.split("__")
        for step in way:
            # The path of a declaration in code: a step that is no relation fails at the start.
            model = model._meta.get_field(step).related_model  # type: ignore[assignment]
        column = model._meta.pk.name if last == "pk" else last
        return (f"{model._meta.db_table}.{column}",)

    def rows(self, person: UUID) -> Iterator[Row]:
        """In pieces of 2,000, so that memory stays flat for the busiest account."""
        found = self._of(person).order_by("pk").values(*self.columns)
        return found.iterator(chunk_size=_CHUNK)

    def newest(self, person: UUID, most: int) -> list[Row]:
        """By their keys, which are made in the order of time."""
        return list(self._of(person).order_by("-pk").values(*self.columns)[:most])

    def count(self, person: UUID) -> int:
        """One query."""
        return self._of(person).count()

    def people(self) -> Iterator[UUID]:
        """Everybody of whom something is held here, each once."""
        rows = self.model._default_manager.exclude(**{f"{self.person}__isnull": True})
        found = rows.order_by().values_list(self.person, flat=True).distinct()
        return (UUID(str(one)) for one in found.iterator(chunk_size=_CHUNK))

    def _of(self, person: UUID) -> models.QuerySet[models.Model]:
        return self.model._default_manager.filter(**{self.person: person})


@dataclass(frozen=True, slots=True)
class Erased:
    """What became of one holding: rows deleted or blanked, rows that stay, until when and why.

    `because` is a message id that names the law; empty when nothing stays. `until` None with rows
    that stay: as long as the law of `because` says, no day is fixed.
    """

    gone: int = 0
    kept: int = 0
    until: date | None = None
    because: str = ""


# Takes the person and the day; deletes or blanks within the caller's transaction.
Erase = Callable[[UUID, date], Erased]


@dataclass(frozen=True, slots=True)
class Holding:
    """One class of data in one room, named `room.thing`; creating it registers it.

    `title` is a message id. The others are keys of tables that whoever gathers owns: `kind` groups
    holdings for people (identity, contact...), `purpose` says why, `basis` by which law, `keeps`
    how long, `origin` where it came from. How it is erased stands in `kernel.erasures`.

    :raises ValueError: for a second holding of that name or a malformed name.
    """

    name: str
    title: str
    kind: str
    purpose: str
    basis: str
    keeps: str
    read: Source
    origin: str = "person"

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"holding {self.name!r} is not named room.thing")
        if _registry.setdefault(self.name, self) is not self:
            raise ValueError(f"holding {self.name} is declared twice")


def all_holdings() -> tuple[Holding, ...]:
    """Every holding that the rooms have declared, by name."""
    return tuple(_registry[name] for name in sorted(_registry))
