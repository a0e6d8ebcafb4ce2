"""Pure rules of access reviews: who answers for an access, and when who is reminded."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

UNIT, AGENCY, PLATFORM = "unit", "agency", "platform"


class Reviewer(NamedTuple):
    """Who can answer, and for whom they stand in: nobody answers for either of the two."""

    person: UUID
    principal: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Who can answer at one agency now: heads by unit code, and the agency's administrators."""

    heads: Mapping[str, Collection[Reviewer]]
    admins: Collection[Reviewer]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a line waits: a level, and the unit whose head answers for it."""

    level: str
    unit: str | None = None


def way_up(unit: str | None, path: str) -> list[str]:
    """The codes of a unit and of those above it, the nearest first."""
    codes = [code for code in reversed(path.split("/")) if code]
    return codes or ([unit] if unit else [])


def desk_of(units: Sequence[str], person: UUID, reviewers: Reviewers, *, of_platform: bool) -> Desk:
    """Who answers for a person's access at the first of these units; none is the agency itself.

    The head of the unit, or of the nearest unit above that has one; else the agency's
    administrator, else the platform's. Never the holder, nor who stands in for the holder. What
    only the platform gives (`of_platform`) only the platform takes.
    """
    if of_platform:
        return Desk(PLATFORM)
    for code in units:
        if _somebody_else(person, reviewers.heads.get(code, ())):
            return Desk(UNIT, code)
    return above(person, reviewers)


def above(person: UUID, reviewers: Reviewers) -> Desk:
    """The level above the heads of units."""
    return Desk(AGENCY) if _somebody_else(person, reviewers.admins) else Desk(PLATFORM)


def _somebody_else(person: UUID, found: Collection[Reviewer]) -> bool:
    return any(person not in one for one in found)


def step_due(days: Sequence[int], today: date, due_on: date) -> int | None:
    """The step of the reminders (days ahead) that is due today; a night left out is made up for."""
    left = (due_on - today).days
    return min((step for step in days if left <= step), default=None) if left >= 0 else None
