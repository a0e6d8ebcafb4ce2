"""Whom a breach concerns: by application, sign-in, class of data, or entries of the log."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from gapura.audit.queries import people_concerned
from gapura.authentication.queries import person_of_session
from gapura.kernel.actor import Actor
from gapura.kernel.holdings import Table, all_holdings
from gapura.kernel.permissions import require
from gapura.privacy.errors import NobodyFound
from gapura.privacy.permissions import Can
from gapura.privacy.queries import CLIENT, EVENT, HELD, SESSION
from gapura.privacy.services import add_affected
from gapura.sso.queries import people_of_client


def find_affected(
    *,
    actor: Actor,
    breach_id: UUID,
    way: str,
    value: str,
    since: datetime,
    until: datetime,
) -> int:
    """Look for people by one way and put them on the list; answers how many are new.

    `value` is a client_id, the id of a session, the name of a holding or the name of an event.
    The span counts for applications and entries.

    :raises Refused: not the officer.
    :raises NobodyFound: there is no such application, session, holding or event.
    :raises NoSuchBreach: unknown or closed.
    """
    require(actor, Can.FIND_AFFECTED)
    people = _people(way, value, since, until)
    if people is None:
        raise NobodyFound()
    span = {"since": since, "until": until} if way in (CLIENT, EVENT) else {}
    return add_affected(
        actor=actor, breach_id=breach_id, way=way, value=value, people=people, **span
    )


def _people(way: str, value: str, since: datetime, until: datetime) -> Iterator[UUID] | None:
    if way == CLIENT:
        return people_of_client(value, since, until)
    if way == EVENT:
        return people_concerned(value, since, until)
    if way == HELD:
        source = next((one.read for one in all_holdings() if one.name == value), None)
        return source.people() if isinstance(source, Table) else None
    return _of_session(value) if way == SESSION else None


def _of_session(value: str) -> Iterator[UUID] | None:
    try:
        found = person_of_session(UUID(value))
    except ValueError:
        return None
    return iter((found,)) if found else None


def searchable() -> list[tuple[str, str]]:
    """Names and titles of the classes of data that can be searched, for a form."""
    return [(one.name, one.title) for one in all_holdings() if isinstance(one.read, Table)]
