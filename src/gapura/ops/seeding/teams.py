"""Who buys at the units of the sample data: a PPK, and a PP and a treasurer where there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gapura.ops.seeding.someone import Someone

_PAPUA = "D9"


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who holds a role at the own unit since a moment, and keeps it."""

    who: Someone
    role: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Team:
    """Who buys at one unit, since when; names of PP and treasurer may be empty."""

    agency: str
    unit: str
    ppk: str
    pp: str
    treasurer: str
    since: datetime


def teams_of(officers: Sequence[Officer]) -> list[Team]:
    """One team for each PPK. Not in Papua: a PP there buys up to another ceiling."""
    ppks = [one for one in officers if one.role == "ppk"]
    return [_team(one, officers) for one in ppks if not one.who.agency.startswith(_PAPUA)]


def _team(ppk: Officer, officers: Sequence[Officer]) -> Team:
    here = {one.role: one for one in officers if one.who.unit == ppk.who.unit}
    others = [here[role] for role in ("pp", "bendahara") if role in here]
    return Team(
        agency=ppk.who.agency,
        unit=ppk.who.unit,
        ppk=ppk.who.username,
        pp=here["pp"].who.username if "pp" in here else "",
        treasurer=here["bendahara"].who.username if "bendahara" in here else "",
        since=max(one.since for one in (ppk, *others)),
    )
