"""Who a decision is asked about, as a statement that doors run on their own connections."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, QuerySet, Value, When

from gapura.accounts.guardian import guardian
from gapura.accounts.models import Person
from gapura.accounts.rules import canonical_username, username_problem
from gapura.kernel.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Subject:
    """A person by username; `agency` is the code of the home agency, or empty.

    `barred` is the guardian's word for what keeps the person from acting at all, or empty.
    """

    id: UUID
    username: str
    name: str
    state: str
    agency: str
    barred: str = ""


def _rows(username: str) -> QuerySet[Person, tuple[Any, ...]]:
    bars = guardian().bars().items()
    whens = [When(Exists(rows), then=Value(word)) for word, rows in bars]
    barred = Case(*whens, default=Value(""), output_field=CharField())
    return (
        Person.objects.filter(username=username)
        .annotate(barred=barred)
        .values_list("id", "username", "name", "state", "agency", "barred")
    )


_SUBJECT = Prepared(_rows, "probe")


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
