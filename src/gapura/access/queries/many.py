"""The working grants of many people at once, for doors that answer many requests together."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from gapura.access.queries.grants import COLUMNS, read_grant, working
from gapura.kernel.actor import ActiveGrant
from gapura.kernel.prepared import Prepared

_OF_MANY = Prepared(
    lambda people, at: (
        working(at)
        .extra(where=["access_grant.person_id = ANY(%s::uuid[])"], params=[people])
        .order_by("activated_at", "id")
        .values_list("person_id", *COLUMNS)
    ),
    [UUID(int=1)],
    datetime(2000, 1, 1, tzinfo=UTC),
)


def grants_of_many(people: Sequence[UUID], at: datetime) -> tuple[str, list[Any]]:
    """SQL and parameters that find what works at `at` of these people; rights are the caller's."""
    return _OF_MANY.statement(list(people), at)


def grants_of_many_read(rows: Sequence[Sequence[Any]]) -> dict[UUID, tuple[ActiveGrant, ...]]:
    """What the statement found, by person, the first activated first.

    Without the law of conflicts, which takes nothing away: it only forbids some acts.
    """
    found: dict[UUID, list[ActiveGrant]] = defaultdict(list)
    for person, *values in rows:
        found[person].append(read_grant(tuple(values)))
    return {person: tuple(grants) for person, grants in found.items()}
