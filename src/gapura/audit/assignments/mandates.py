"""What an auditor's assignment opens, as pure data that an actor carries while reading under it."""

from dataclasses import dataclass, replace
from uuid import UUID

from gapura.kernel.actor import Actor

# Only internal auditors read under an assignment.
ASSIGNED_ROLES = frozenset({"apip"})
_FACT = "log_mandate"


@dataclass(frozen=True, slots=True)
class Mandate:
    """An assignment in force. `number` is that of its letter; `units` and `case` narrow it."""

    id: UUID
    number: str
    agencies: tuple[str, ...]
    units: tuple[str, ...] = ()
    case: str = ""

    def covers(self, agency: str, unit: str, label: str) -> bool:
        """Whether an entry of that agency and unit, about that reference, lies in it."""
        return (
            agency in self.agencies
            and (not self.units or unit in self.units)
            and (not self.case or label == self.case)
        )


def with_mandate(actor: Actor, mandate: Mandate) -> Actor:
    """The same actor, reading under that assignment and nothing besides."""
    return replace(actor, facts={**actor.facts, _FACT: mandate})


def mandate_of(actor: Actor) -> Mandate | None:
    """The assignment the actor reads under, if any; other roles read under none."""
    found = actor.facts.get(_FACT)
    return found if isinstance(found, Mandate) and actor.role in ASSIGNED_ROLES else None


def mandate_facts(actor: Actor) -> dict[str, str]:
    """The number of the assignment, for the record of a look under it."""
    found = mandate_of(actor)
    return {"assignment": found.number} if found else {}
