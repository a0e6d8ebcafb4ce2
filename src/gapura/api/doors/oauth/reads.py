"""What requests rest on, read for many at once after they arrived: never from memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from psycopg import AsyncConnection

from gapura.api.doors.oauth.batches import Batch
from gapura.api.doors.oauth.keys import keys
from gapura.kernel import clock
from gapura.sso import store
from gapura.sso.protocol import scopes
from gapura.sso.protocol.decisions import Facts, Needs, wants_subject
from gapura.sso.protocol.records import Authorization, Client, Subject

# Parsed contracts, each by its version: the database says with every reading which one counts.
_known = store.KnownClients()
_GRANTS = "gapura_grants"
_NO_NEWS = frozenset({"sub"})


async def read(needs: Needs) -> Facts:
    """What was asked for, as it is now.

    :raises Overloaded, psycopg.Error: as `Batch.ask`.
    """
    facts = await _facts.ask(needs)
    found = facts.rests_on
    if found is None or not (names := _claims(needs, found)):
        return facts
    asked = _Person(found.person, grants=_GRANTS in names)
    subject = await _subjects.ask(asked)
    return replace(facts, subject=subject and scopes.usable(subject, found.acr))


def _claims(needs: Needs, found: Authorization) -> frozenset[str]:
    """The claims for which the person has to be read; `sub` stands in the authorization."""
    if not wants_subject(needs, found):
        return frozenset()
    if needs.token is None:
        return scopes.asked_by_name(found.claims, "id_token") - _NO_NEWS
    granted = scopes.claims_of(scopes.parse(str(needs.token.get("scope", ""))))
    return (granted | scopes.asked_by_name(found.claims, "userinfo")) - _NO_NEWS


def remembered(needs: Needs) -> tuple[str, Client] | None:
    """The version and the contract that are remembered, where nothing else is wanted.

    Only a proposal: whether it is still so is for the database to say.
    """
    return _known.get(needs.client) if needs == Needs(needs.client) else None


async def _read(line: AsyncConnection, asks: Sequence[Needs]) -> Sequence[Facts]:
    reading = store.Reading(asks, clock.now(), await keys.lives(), _known)
    rows = await (await line.execute(reading.sql.encode(), reading.params)).fetchall()
    return reading.facts(rows)


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody to be told of, with or without what they hold: that is the dearer half."""

    id: UUID
    grants: bool


async def _people(line: AsyncConnection, asked: Sequence[_Person]) -> Sequence[Subject | None]:
    everyone = list({one.id for one in asked})
    holders = list({one.id for one in asked if one.grants})
    rows = await _rows(line, store.subjects_statement(everyone))
    held = await _rows(line, store.grants_statement(holders, clock.now())) if holders else []
    found = store.subjects_read(rows, held)
    return [found.get(one.id) for one in asked]


async def _rows(
    line: AsyncConnection, statement: tuple[str, Sequence[Any]]
) -> list[tuple[Any, ...]]:
    return await (await line.execute(statement[0].encode(), statement[1])).fetchall()


_facts: Batch[Needs, Facts] = Batch(_read)
_subjects: Batch[_Person, Subject | None] = Batch(_people)
