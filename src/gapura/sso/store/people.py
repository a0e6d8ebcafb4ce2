"""People as clients may be told of them; the protocol leaves out what a contract does not allow."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from gapura.access.queries import grants_of_many, grants_of_many_read
from gapura.accounts.queries import told_read, told_statement
from gapura.kernel.actor import ActiveGrant
from gapura.sso.protocol.records import Subject

Statement = tuple[str, list[Any]]
_TOLD = ("username", "name", "email", "email_verified", "language", "state", "proof", "updated_at")
_PLACES = ("role", "agency", "unit", "company", "letter", "standing")


def subjects_statement(people: Sequence[UUID]) -> Statement:
    """SQL and parameters that find these people."""
    return told_statement(people)


def grants_statement(people: Sequence[UUID], now: datetime) -> Statement:
    """SQL and parameters that find the grants of theirs that work at `now`."""
    return grants_of_many(people, now)


def subjects_read(
    rows: Sequence[Sequence[Any]], grants: Sequence[Sequence[Any]]
) -> dict[UUID, Subject]:
    """What both statements found, by person."""
    held = grants_of_many_read(grants)
    return {
        person: Subject(
            person,
            **{name: getattr(told, name) for name in _TOLD},
            phone=told.phone,
            phone_verified=bool(told.phone),
            grants=tuple(map(_grant, held.get(person, ()))),
        )
        for person, told in told_read(rows).items()
    }


def _grant(grant: ActiveGrant) -> Mapping[str, Any]:
    """As the claim `gapura_grants` shows it; what is empty is left out."""
    found = {name: value for name in _PLACES if (value := getattr(grant, name))}
    found["least_acr"] = grant.least_acr  # For `scopes.usable`; never told.
    if grant.valid_until:
        found["valid_until"] = grant.valid_until.isoformat()
    return MappingProxyType(found)
