"""The ways to all entries about one thing: its own, those of what it led to, those that tell it."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.db import connection

from gapura.audit.search.explorer import Arm
from gapura.audit.search.words import mentions

_MOST_FOLLOWED = 20

# An entry about a thing of this kind tells in this fact which other thing came of it.
_FOLLOWED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "access_request": (("grant", "grant"),),
    "appointment": (("grant", "grant"),),
}
_FACTS = f"""
    SELECT DISTINCT facts->>%s FROM (
        SELECT facts FROM audit_event WHERE subject_kind = %s AND subject_id = %s
         ORDER BY id DESC LIMIT 500) own
     WHERE facts->>%s IS NOT NULL LIMIT {_MOST_FOLLOWED}
"""  # noqa: S608 - constants only
_LABEL = """
    SELECT subject_label FROM audit_event WHERE subject_kind = %s AND subject_id = %s
     ORDER BY id DESC LIMIT 1
"""


def arms_of(kind: str, thing: str) -> list[Arm]:
    """The arms for one thing; an entry has to fit one of them."""
    return [_about(kind, thing), *_MORE.get(kind, _of_a_thing)(kind, thing)]


def _about(kind: str, thing: str) -> Arm:
    return Arm("e.subject_kind = %s AND e.subject_id = %s", (kind, thing))


def _of_a_person(kind: str, thing: str) -> list[Arm]:
    """What concerns a person and what they did."""
    try:
        person = UUID(thing)
    except ValueError:
        return []
    return [Arm("e.person = %s", (person,)), Arm("e.actor_person = %s", (person,))]


def _of_a_thing(kind: str, thing: str) -> list[Arm]:
    """What came of it, and what tells its id or its number among the facts."""
    arms = []
    with connection.cursor() as cursor:
        for fact, other in _FOLLOWED.get(kind, ()):
            cursor.execute(_FACTS, [fact, kind, thing, fact])
            arms += [_about(other, row[0]) for row in cursor.fetchall()]
        cursor.execute(_LABEL, [kind, thing])
        row = cursor.fetchone()
    numbers = [text for text in (thing, row[0] if row else "") if _tells_apart(text)]
    return [*arms, Arm(mentions(*numbers), first=True)] if numbers else arms


def _tells_apart(text: str) -> bool:
    """Long enough to be a number of one thing only, with digits in it."""
    return len(text) >= 8 and any(letter.isdigit() for letter in text)


_MORE: dict[str, Callable[[str, str], list[Arm]]] = {"person": _of_a_person}
