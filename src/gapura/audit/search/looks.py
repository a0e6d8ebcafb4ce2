"""Whose life was looked at: so that a look is shown to those it was about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from gapura.audit.assignments.mandates import mandate_facts, mandate_of
from gapura.audit.entries import Entry
from gapura.audit.events import PERSON_SHOWN, Readers, Subject, all_events
from gapura.audit.recording import BATCH
from gapura.audit.records import compose, record_all
from gapura.audit.search.explorer import SCOPES, Filters, Found, Whose
from gapura.kernel.actor import Actor

# How the names of events end that tell of somebody who only looked.
_VERBS = frozenset({"shown", "viewed", "document_viewed", "looked", "looked_up", "explored"})
_ALSO = frozenset({"purchasing.document.opened", "audit.export.asked", "audit.export.fetched"})
# Filters that lead to the entries of certain people.
_OF_PEOPLE = frozenset({"person", "actor", "subject", "object_id", "session", "request", "text",
                        "address"})  # fmt: skip
_FEW = 5
_NEWEST = """
    SELECT e.actor_person FROM audit_event e
     WHERE e.actor_username = %s AND e.actor_person IS NOT NULL AND {0} ORDER BY e.id DESC LIMIT 1
"""


class People(NamedTuple):
    """People besides the reader, by id, each with how many of the entries that are shown.

    `about` counts by whom an entry concerns, else who acted; `acting` by who acted; `either` each
    entry once for both.
    """

    about: Counter[str | None]
    acting: Counter[str | None]
    either: Counter[str | None]


def looks() -> tuple[str, ...]:
    """The names of the events that tell of a look at somebody's data."""
    named = (name for name in all_events() if name.rpartition(".")[2] in _VERBS)
    return tuple(sorted({*named, *(_ALSO & all_events().keys())}))


def whom(actor: Actor, filters: Filters, people: People | None = None) -> UUID | None:
    """The one person whose entries were asked for, unless it is the actor.

    With the `people` of what was found, a name need not be looked up: who acted in all is theirs.
    """
    if filters.kind == "person":
        return person_of(actor, filters.kind, filters.object_id)
    found = filters.person
    if found is None and filters.actor:
        acted = next(iter(people.acting), None) if people else None
        found = UUID(acted) if acted else _called(actor, filters.actor)
    return None if found == actor.person else found


def person_of(actor: Actor, kind: str, thing: str) -> UUID | None:
    """The person whom a thing of the log is, unless it is the actor; None for other things."""
    try:
        found = UUID(thing) if kind == "person" else None
    except ValueError:
        return None
    return None if found == actor.person else found


def people_of(actor: Actor, found: Iterable[Found]) -> People:
    """Whom entries are about and who acted in them.

    Not counted are entries that only the platform reads, of which a look must not tell, and
    those that tell of a look themselves.
    """
    only, nobody = frozenset(looks()), (None, str(actor.person))
    people = People(Counter(), Counter(), Counter())
    for row in (each.row for each in found):
        if row.readers == Readers.PLATFORM or row.name in only:
            continue
        whom, who = row.person or row.actor_person, row.actor_person
        people.about[whom] += 1
        people.acting[who] += 1
        people.either.update({whom, who})
    for side in people:
        for none in nobody:
            side.pop(none, None)
    return people


def note_people(
    actor: Actor,
    people: Mapping[str | None, int],
    *,
    first: Sequence[Entry] = (),
    besides: UUID | None = None,
) -> int:
    """Record a look for each of `people`, each with how many entries; answers for how many.

    `besides` was told already. `first` are entries of the same look: all go in one statement.
    """
    facts, told = mandate_facts(actor), [p for p in people if p and p != str(besides)]
    for start in range(0, max(1, len(told)), BATCH):
        composed = (
            compose(
                actor,
                PERSON_SHOWN,
                Subject("person", person),
                facts={"rows": people[person], **facts},
                person=UUID(person),
            )
            for person in told[start : start + BATCH]
        )
        record_all(PERSON_SHOWN, [*(first if not start else ()), *composed])
    return len(told)


def singled_out(actor: Actor, filters: Filters, people: People) -> Mapping[str | None, int]:
    """Those of whom a search was one: all, when it named something of people's; else where it led
    to few, or mostly to one. An assignment's case and units narrow as filters do.

    Leafing through the log of an agency looks at nobody in particular.
    """
    given, mandate = filters.given().keys(), mandate_of(actor)
    if given & _OF_PEOPLE or filters.entries or (mandate and mandate.case):
        return people.either
    if not given and not (mandate and mandate.units):
        return {}
    found = {
        person
        for side in (people.about, people.acting)
        for person, rows in side.items()
        if len(side) <= _FEW or rows * _FEW >= side.total()
    }
    return {person: people.either[person] for person in found}


def _called(actor: Actor, username: str) -> UUID | None:
    """The person of that name, of whom there is an entry that the actor oversees.

    Whoever has none there is nobody here: the look would tell whether such a name exists.
    """
    with connection.cursor() as cursor:
        for scope in SCOPES[Whose.OVERSEEN](actor):
            cursor.execute(_NEWEST.format(scope.sql), [username.lower(), *scope.params])
            if row := cursor.fetchone():
                return UUID(str(row[0]))
    return None
