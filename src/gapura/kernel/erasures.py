"""Ways in which rooms erase what they hold of one person: delete rows, blank columns, keep by law.

UU 27/2022 art. 8 and 43-44: erased is what nobody can get back; what a law keeps is named with it.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from gapura.kernel.holdings import Erase, Erased

# By the name of a holding: how it is erased, or (a message id) by which law it stays as it is.
_ways: dict[str, Erase | str] = {}


def declare(room: str, ways: Mapping[str, Erase | str]) -> None:
    """A room says how it erases each of its holdings (named without the room).

    :raises ValueError: a holding that has its way already.
    """
    for name, way in ways.items():
        if _ways.setdefault(f"{room}.{name}", way) is not way:
            raise ValueError(f"erasing {room}.{name} is declared twice")


def all_ways() -> dict[str, Erase | str]:
    """Every way that the rooms have declared, by the name of its holding."""
    return dict(_ways)


def deletes(model: type[models.Model], person: str = "person", **only: Any) -> Erase:
    """The rows whose `person` column (or path) names the person, and what hangs on them, go."""

    def erase(whose: UUID, day: date) -> Erased:
        rows = model._default_manager.filter(**{person: whose}, **only)
        return Erased(gone=rows.delete()[1].get(model._meta.label, 0))

    return erase


def blanks(model: type[models.Model], person: str = "person", **values: Any) -> Erase:
    """The rows stay as marks of what happened; these columns lose what they said."""

    def erase(whose: UUID, day: date) -> Erased:
        mine = model._default_manager.filter(**{person: whose})
        rows = model._default_manager.filter(pk__in=mine.values("pk"))
        return Erased(gone=rows.update(**values))

    return erase


def together(*parts: Erase) -> Erase:
    """Several ways for one holding, one after the other; the counts add up."""

    def erase(whose: UUID, day: date) -> Erased:
        found = [part(whose, day) for part in parts]
        days = [one.until for one in found if one.until]
        return Erased(
            gone=sum(one.gone for one in found),
            kept=sum(one.kept for one in found),
            until=max(days, default=None),
            because=next((one.because for one in found if one.because), ""),
        )

    return erase
