"""The little of a person that a sign-in needs: read by prepared statements, nothing unsealed."""

from dataclasses import dataclass
from uuid import UUID

from gapura.accounts.models import Person
from gapura.accounts.queries.people import meant_by, open_at, open_named
from gapura.kernel.prepared import Prepared

BRIEF = ("id", "username", "name", "email", "agency", "state", "language")


@dataclass(frozen=True, slots=True)
class Brief:
    """A person in a few words; the names are those of the whole one."""

    id: UUID
    username: str
    name: str
    email: str
    agency: str
    state: str
    language: str

    @classmethod
    def of(cls, person: Person) -> "Brief":
        """The same of a person who was read as a whole."""
        return cls(*(getattr(person, name) for name in BRIEF))


_FOUND = {
    open_named: Prepared(lambda name: open_named(name).values_list(*BRIEF)[:1], "probe"),
    open_at: Prepared(lambda email: open_at(email).values_list(*BRIEF)[:1], "p@robe.example"),
}


def brief_for_sign_in(text: str) -> Brief | None:
    """Whom `person_for_sign_in` means, in brief; one statement, whether there is anybody or not."""
    found = meant_by(text)
    if found is None:
        return None
    look, value = found
    rows = _FOUND[look].rows(value.lower())
    return Brief(*rows[0]) if rows else None
