"""What must be known about a letter, besides its row, before somebody may decide about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LetterToEnd:
    """A letter that may be ended. `above`: it gives a role that the platform decides."""

    letter: Any
    above: bool

    @property
    def agency_id(self) -> str:
        """The agency whose letter it is."""
        return str(self.letter.agency_id)

    @property
    def unit(self) -> Any:
        """The unit it is bounded to, or None."""
        return self.letter.unit

    @property
    def created_by(self) -> UUID:
        """Who entered it."""
        found: UUID = self.letter.created_by
        return found

    @property
    def state(self) -> str:
        """Where it stands."""
        return str(self.letter.state)


@dataclass(frozen=True, slots=True)
class LetterToCheck(LetterToEnd):
    """A letter of the register with what other rooms know of it.

    `names_actor`: who decides is one of its officers, or whom one of them stands in for.
    `verifiers`: somebody of the agency can check it. `wrote`: who decides, or whom they stand in
    for, entered it or named one of its officers.
    """

    names_actor: bool
    verifiers: bool
    wrote: bool = False


def lies_below(unit: Any, code: str) -> bool:
    """True when `unit` (with its path) is the unit of this code or a part of it."""
    return unit is not None and f"/{code}/" in f"/{unit.path}"
