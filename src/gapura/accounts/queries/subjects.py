"""Who a decision is asked about, as a statement that doors run on their own connections."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, QuerySet, Value, When

from gapura.accounts.guardian import guardian
from gapura.accounts.models import Person
from gapura.accounts.queries.holds import hold_kinds
from gapura.accounts.rules import canonical_username, username_problem
from gapura.kernel import clock
from gapura.kernel.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Subject:
    """A person by username; `agency` is the code of the home agency, or empty.

    `barred` is the guardian's word for what keeps the person from acting at all, or empty; `holds`
    are the kinds of hold that stand now.
    """

    id: UUID
    username: str
    name: str
    state: str
    agency: str
    barred: str = ""
    holds: tuple[str, ...] = ()


def _rows(username: str, now: datetime) -> QuerySet[Person, tuple[Any, ...]]:
    bars = guardian().bars().items()
    whens = [When(Exists(rows), then=Value(word)) for word, rows in bars]
    barred = Case(*whens, default=Value(""), output_field=CharField())
    return (
        Person.objects.filter(username=username)
        .annotate(barred=barred, holds=hold_kinds(now, "id"))
        .values_list("id", "username", "name", "state", "agency", "barred", "holds")
    )


_SUBJECT = Prepared(_rows, "probe", datetime(2000, 1, 1, tzinfo=UTC))


def username_in(text: str) -> str:
    """The username that a text means, in its one form; empty for what cannot be one."""
    name = canonical_username(text)
    return "" if username_problem(name) else name


def subject_statement(username: str, now: datetime) -> tuple[str, list[Any]]:
    """SQL and parameters that find the person; `username` is as `username_in` gives it."""
    return _SUBJECT.statement(username, now)


def subject_read(rows: list[tuple[Any, ...]]) -> Subject | None:
    """What the statement found."""
    if not rows:
        return None
    *known, holds = rows[0]
    return replace(Subject(*known), holds=tuple(holds or ()))


def subject_named(username: str) -> Subject | None:
    """The person, whatever the state; None when there is none. At most one query."""
    name = username_in(username)
    return subject_read(_SUBJECT.rows(name, clock.now())) if name else None
