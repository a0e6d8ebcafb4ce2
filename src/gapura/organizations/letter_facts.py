"""What must be known about a letter, besides its row, before somebody may decide about it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LetterToCheck:
    """A letter of the register with what other rooms know of it.

    `names_actor`: who decides is one of its officers. `above`: it names a role that the platform
    decides. `verifiers`: somebody of the agency can check it. `wrote`: who decides, or whom they
    stand in for, entered it or named one of its officers.
    """

    letter: Any
    names_actor: bool
    above: bool
    verifiers: bool
    wrote: bool = False

    @property
    def agency_id(self) -> str:
        """The agency whose register it stands in."""
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


def lies_below(unit: Any, code: str) -> bool:
    """True when `unit` (with its path) is the unit of this code or a part of it."""
    return unit is not None and f"/{code}/" in f"/{unit.path}"
