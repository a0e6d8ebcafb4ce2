"""Who a decision is asked about, as a statement that doors run on their own connections."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gapura.accounts.models import Person
from gapura.accounts.rules import canonical_username, username_problem
from gapura.kernel.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Subject:
    """A person by username; `agency` is the code of the home agency, or empty."""

    id: UUID
    username: str
    name: str
    state: str
    agency: str


_SUBJECT = Prepared(
    lambda username: Person.objects.filter(username=username).values_list(
        "id", "username", "name", "state", "agency"
    ),
    "probe",
)


def username_in(text: str) -> str:
    """The username that a text means, in its one form; empty for what cannot be one."""
    name = canonical_username(text)
    return "" if username_problem(name) else name


def subject_statement(username: str) -> tuple[str, list[Any]]:
    """SQL and parameters that find the person; `username` is as `username_in` gives it."""
    return _SUBJECT.statement(username)


def subject_read(rows: list[tuple[Any, ...]]) -> Subject | None:
    """What the statement found."""
    return Subject(*rows[0]) if rows else None


def subject_named(username: str) -> Subject | None:
    """The person, whatever the state; None when there is none. At most one query."""
    name = username_in(username)
    return subject_read(_SUBJECT.rows(name)) if name else None
