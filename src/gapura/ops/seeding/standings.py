"""Standing in and doubled roles in the sample data: a Plh, a deputy verifier, two findings."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from gapura.ops.seeding.cast import HEALTH, HOME
from gapura.ops.seeding.registers import CHECKER, KEEPER
from gapura.ops.seeding.rounds import Deed, days_before
from gapura.ops.seeding.someone import Someone
from gapura.ops.seeding.teams import Officer

# All of it lies in one round of the last days, so that it runs on at present.
_ENTERED, _DELEGATED, _DOUBLED = 7.8, 7.0, 6.8
_SETTLED = timedelta(days=60)
_LETTER = "821.2/180/DINKES"


def standings(officers: Sequence[Officer], anchor: datetime) -> Iterator[Deed]:
    """A proxy budget user and a verifier are away; two buyers hold both offices of their unit.

    The night's round finds these two.
    """
    home = [one for one in officers if one.who.agency == HOME and one.since < anchor - _SETTLED]
    free = [one.who for one in home if one.role in ("pp", "ppk") and one.who.unit != HEALTH]
    if len(free) < 2:
        return
    yield from _plh(free[0], anchor)
    yield from _deputy(free[1], anchor)
    ppks = [one.who for one in home if one.role == "ppk"]
    for who in ppks[:2]:
        at = days_before(anchor, _DOUBLED)
        yield Deed(at, "double_role", who.username, {"role": "pp", "unit": who.unit})
    yield Deed(days_before(anchor, _DOUBLED - 1), "look_for_conflicts", CHECKER, {})


def _plh(who: Someone, anchor: datetime) -> Iterator[Deed]:
    start = days_before(anchor, _ENTERED)
    letter = {"number": _LETTER, "roles": ("kpa",), "unit": HEALTH, "lasts": 40}
    officer = {
        "name": who.name,
        "nik": who.details.nik,
        "unit": HEALTH,
        "role": "kpa",
        "standing": "plh",
        "principal": "kpa",
    }
    yield Deed(start, "enter_letter", KEEPER, letter)
    named = letter | {"officers": [officer]}
    yield Deed(start + timedelta(hours=2), "name_officers", KEEPER, named)
    yield Deed(start + timedelta(days=1), "check_letter", CHECKER, letter | {"replaces": ""})
    yield Deed(start + timedelta(days=2), "confirm_duty", who.username, {})


def _deputy(who: Someone, anchor: datetime) -> Iterator[Deed]:
    start = days_before(anchor, _DELEGATED)
    yield Deed(start, "delegate_duty", CHECKER, {"to": who.username, "days": 20})
    yield Deed(start + timedelta(hours=5), "confirm_duty", who.username, {})
