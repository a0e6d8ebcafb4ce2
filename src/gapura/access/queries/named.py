"""All grants of one person with what stops each, for decisions about others and for doors."""

from datetime import UTC, datetime
from typing import Any

from gapura.access.queries.conflicts import under_the_law
from gapura.access.queries.grants import COLUMNS, read_grant, with_stops
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant
from gapura.kernel.prepared import Prepared

# A person's whole past is short; who could have hundreds is cut off at the newest.
_MOST = 100
_NAMED = Prepared(
    lambda username, at: (
        with_stops(at)
        .filter(person__username=username, superseded_at__isnull=True)
        .order_by("-approved_at", "-id")
        .values_list(*COLUMNS, "why")[:_MOST]
    ),
    "probe",
    datetime(2000, 1, 1, tzinfo=UTC),
)


def grants_statement(username: str, at: datetime) -> tuple[str, list[Any]]:
    """SQL and parameters that find all grants of a person with what stops each at `at`.

    For doors, which run it on their own connections: the same text as everywhere else.
    """
    return _NAMED.statement(username, at)


def grants_read(rows: list[tuple[Any, ...]], at: datetime) -> tuple[tuple[ActiveGrant, str], ...]:
    """What the statement found, newest first: each grant with why it does not work, or "".

    The law of conflicts and of standing in is applied to those that work; it may have to be read.
    """
    pairs = [(read_grant(values[:-1]), str(values[-1])) for values in rows]
    working = [grant for grant, why in pairs if not why]
    lawful = {grant.id: grant for grant in under_the_law(working, clock.legal_day(at))}
    return tuple((lawful.get(grant.id, grant), why) for grant, why in pairs)


def grants_named(username: str, at: datetime) -> tuple[tuple[ActiveGrant, str], ...]:
    """The same for pages. One query, and those of the law."""
    return grants_read(_NAMED.rows(username, at), at)
