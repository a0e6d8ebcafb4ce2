"""Letters of the register in the sample data: what is entered, named, checked and ended when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from gapura.ops.seeding.cast import EDUCATION, HEALTH, HOME
from gapura.ops.seeding.people import nik
from gapura.ops.seeding.rounds import Deed, days_before
from gapura.ops.seeding.someone import Someone
from gapura.ops.seeding.teams import Officer

KEEPER, CHECKER = "admin_instansi", "verifikator"
_SETTLED = timedelta(days=150)
_BORN = 1985
# Serials of officers who have no account yet.
_SERIAL = 8000


@dataclass(frozen=True, slots=True)
class Tale:
    """One letter: entered so many days ago, for so many days, with known and unknown officers.

    `acts` follow one another, so many days after it was entered; `file`: its officers come in one.
    """

    number: str
    roles: tuple[str, ...]
    ago: float
    lasts: int
    known: int
    unknown: int
    acts: tuple[tuple[float, str], ...] = ()
    unit: str = ""
    file: bool = False


TALES = (
    Tale("821.2/101/BKD", ("kepala_unit", "pokja"), 120, 500, 4, 1, ((2, "check"), (4, "confirm"))),
    Tale("821.2/117/BKD", ("kepala_unit",), 90, 60, 2, 1, ((1, "check"), (20, "end"))),
    Tale("821.2/118/BKD", ("pokja", "ppspm"), 75, 300, 0, 3, ((1, "check"),)),
    Tale("821.2/140/BKD", ("pokja",), 60, 400, 2, 1, ((1, "refuse"),)),
    Tale("821.2/141/BKD", ("pokja",), 55, 400, 2, 1, ((0.4, "withdraw"),)),
    Tale("821.2/150/BKD", ("ppspm", "pokja"), 40, 350, 0, 60, ((2, "check"),), file=True),
    Tale("821.2/163/DISDIK", ("ppspm",), 20, 400, 0, 2, ((1, "check"),), EDUCATION),
    Tale("821.2/164/DISDIK", ("ppspm",), 10, 400, 0, 2, ((1, "check"), (2, "replace")), EDUCATION),
    Tale("821.2/171/DINKES", ("ppspm", "pokja"), 3, 400, 1, 2, (), HEALTH),
    Tale("821.2/172/BKD", ("kepala_unit",), 1, 380, 3, 1),
)
_REPLACED = {"821.2/164/DISDIK": "821.2/163/DISDIK"}


def registers(officers: Sequence[Officer], anchor: datetime) -> Iterator[Deed]:
    """All letters, with officers of the home agency who have served for a while."""
    settled = [
        one.who for one in officers if one.who.agency == HOME and one.since < anchor - _SETTLED
    ]
    for place, tale in enumerate(TALES):
        yield from _told(tale, place, settled, anchor)


def _told(tale: Tale, place: int, settled: list[Someone], anchor: datetime) -> Iterator[Deed]:
    start = days_before(anchor, tale.ago)
    values = {"number": tale.number, "roles": tale.roles, "unit": tale.unit, "lasts": tale.lasts}
    named = _named(tale, place, settled)
    yield Deed(start, "enter_letter", KEEPER, values)
    how = "name_from_file" if tale.file else "name_officers"
    yield Deed(start + timedelta(hours=2), how, KEEPER, values | {"officers": named})
    for days, verb in tale.acts:
        by = KEEPER if verb == "withdraw" else CHECKER
        more = {"replaces": _REPLACED.get(tale.number, "")}
        yield Deed(start + timedelta(days=days), f"{verb}_letter", by, values | more)


def _named(tale: Tale, place: int, settled: list[Someone]) -> list[dict[str, Any]]:
    """Known ones are those after the ones of the letter before; unknown ones have no account."""
    known = [settled[(place * 3 + n) % len(settled)] for n in range(tale.known)] if settled else []
    rows = [
        {"name": one.name, "nik": one.details.nik, "unit": tale.unit or one.unit}
        for one in {one.username: one for one in known}.values()
    ]
    for number in range(tale.unknown):
        serial = _SERIAL + place * 100 + number
        rows.append({"name": _NAMES[number % len(_NAMES)], "nik": _nik(serial), "unit": tale.unit})
    roles = tale.roles
    return [row | {"role": roles[n % len(roles)]} for n, row in enumerate(rows)]


_NAMES = ("Asep Sunandar", "Rini Marlina", "Dodi Firdaus", "Euis Komariah", "Ujang Solihin")


def _nik(serial: int) -> str:
    return nik("32.73", date(_BORN, 1 + serial % 12, 1 + serial % 28), serial, woman=False)
