"""Keeping and deleting a verifier's own filters of the queue."""

from uuid import UUID

from django.db import transaction

from gapura.access import events
from gapura.access.errors import (
    BadFilter,
    FilterNameMissing,
    FilterNameTaken,
    TooManyFilters,
)
from gapura.access.locks import hold_person
from gapura.access.models import SavedFilter
from gapura.access.permissions import Can
from gapura.access.queries.filters import LONGEST_NAME, MOST_FILTERS, own_filter, packed
from gapura.access.queries.views import QueueFilters
from gapura.access.queries.waiting import TABS
from gapura.access.roles import ROLES
from gapura.audit import services as audit
from gapura.audit.events import Subject
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require

_LONGEST_TEXT = 100


def save_filter(*, actor: Actor, name: str, filters: QueueFilters) -> UUID:
    """Keep tab, role and text under a name; answers its id.

    :raises Refused: the active role has no queue.
    :raises BadFilter: no name, a name in use, or ten filters already, at the field `name`.
    """
    require(actor, Can.SAVE_FILTER)
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise BadFilter({"name": FilterNameMissing(limit=LONGEST_NAME)})
    with transaction.atomic():
        hold_person(actor.who)
        own = SavedFilter.objects.filter(person=actor.who)
        if own.count() >= MOST_FILTERS:
            raise BadFilter({"name": TooManyFilters(limit=MOST_FILTERS)})
        if own.filter(name=name).exists():
            raise BadFilter({"name": FilterNameTaken()})
        row = SavedFilter.objects.create(
            person_id=actor.who,
            name=name,
            query=packed(_sound(filters)),
            created_at=clock.now(),
        )
        facts = {"name": name, "query": row.query}
        audit.record(actor, events.FILTER_SAVED, _subject(row), facts=facts, person=actor.who)
    return row.id


def drop_filter(*, actor: Actor, filter_id: UUID) -> None:
    """Delete one of the actor's own.

    :raises NoSuchFilter: deleted before, or somebody else's.
    """
    with transaction.atomic():
        row = own_filter(actor, filter_id)
        facts = {"name": row.name}
        audit.record(actor, events.FILTER_DROPPED, _subject(row), facts=facts, person=actor.who)
        row.delete()


def _sound(filters: QueueFilters) -> QueueFilters:
    """Only what the queue knows: what is typed into its address is not kept unread."""
    text = "".join(c for c in filters.text if c.isprintable())[:_LONGEST_TEXT]
    return QueueFilters(
        tab=filters.tab if filters.tab in TABS else "all",
        role=filters.role if filters.role in ROLES else "",
        text=text.strip(),
    )


def _subject(row: SavedFilter) -> Subject:
    return Subject("saved_filter", str(row.id))
