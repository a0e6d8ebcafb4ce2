"""Kept searches: a person's own, and those that administrators share within their agency."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from gapura.audit import events
from gapura.audit.errors import (
    BadView,
    NoSuchView,
    TooManyViews,
    ViewNameMissing,
    ViewNameTaken,
)
from gapura.audit.events import Event, Subject
from gapura.audit.models import SavedView
from gapura.audit.permissions import Can
from gapura.audit.records import record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import may, require

MOST_VIEWS = 30
LONGEST_VIEW_NAME = 60
# More filters than the page has are not kept, nor longer values than it takes.
_MOST_FIELDS, _LONGEST_VALUE = 20, 200


@dataclass(frozen=True, slots=True)
class LogView:
    """A kept search; `query` are the page's own parameters."""

    id: UUID
    name: str
    query: Mapping[str, str]
    shared: bool
    own: bool


def log_views(actor: Actor) -> tuple[LogView, ...]:
    """The actor's own and those shared at the actor's agency, by name. One query.

    :raises Refused: without a role that oversees a log.
    """
    require(actor, Can.SAVE_VIEW)
    mine = Q(person=actor.who, agency=actor.agency)
    rows = SavedView.objects.filter(mine | Q(shared=True, agency=actor.agency))
    found = (_view(actor, row) for row in rows.order_by("name", "id")[: 4 * MOST_VIEWS])
    return tuple(found)


def log_view(actor: Actor, view_id: UUID) -> LogView:
    """One of the actor's own.

    :raises NoSuchView: deleted, or somebody else's.
    """
    return _view(actor, _own(actor, view_id))


def save_view(*, actor: Actor, name: str, query: Mapping[str, str], shared: bool = False) -> UUID:
    """Keep filters under a name; answers its id. Sharing is for administrators.

    :raises Refused: without a role that oversees a log, or to share without being administrator.
    :raises BadView: no name, one in use, or 30 kept already, at the field `name`.
    """
    require(actor, Can.SHARE_VIEW if shared else Can.SAVE_VIEW)
    now = clock.now()
    with transaction.atomic():
        _one_at_a_time(actor.who)
        if SavedView.objects.filter(person=actor.who).count() >= MOST_VIEWS:
            raise BadView({"name": TooManyViews(limit=MOST_VIEWS)})
        row = SavedView(
            person=actor.who,
            agency=actor.agency,
            name=_tidy(name),
            query=json.dumps(_sound(query)),
            shared=shared,
            created_at=now,
            changed_at=now,
        )
        _put(row)
        _note(actor, events.VIEW_SAVED, row, shared=shared, filters=_sound(query))
        return row.id


def change_view(*, actor: Actor, view_id: UUID, name: str, shared: bool) -> None:
    """Rename one of the actor's own, share it or no longer share it.

    :raises NoSuchView: deleted, or somebody else's.
    :raises Refused, BadView: as `save_view`.
    """
    with transaction.atomic():
        row = _own(actor, view_id)
        before = {"name": row.name, "shared": row.shared}
        if shared and not row.shared:
            require(actor, Can.SHARE_VIEW)
        row.name, row.shared, row.changed_at = _tidy(name), shared, clock.now()
        _put(row)
        after = {"name": row.name, "shared": shared}
        subject = Subject("log_view", str(row.id))
        record(actor, events.VIEW_CHANGED, subject, before=before, after=after, person=actor.person)


def drop_view(*, actor: Actor, view_id: UUID) -> None:
    """Delete one of the actor's own.

    :raises NoSuchView: deleted before, or somebody else's.
    """
    with transaction.atomic():
        row = _own(actor, view_id)
        _note(actor, events.VIEW_DROPPED, row)
        row.delete()


def _own(actor: Actor, view_id: UUID) -> SavedView:
    row = SavedView.objects.filter(pk=view_id).first()
    if row is None or not may(actor, Can.CHANGE_VIEW, row):
        raise NoSuchView()
    return row


def _view(actor: Actor, row: SavedView) -> LogView:
    return LogView(row.id, row.name, json.loads(row.query), row.shared, row.person == actor.person)


def _tidy(name: str) -> str:
    name = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    if not 0 < len(name) <= LONGEST_VIEW_NAME:
        raise BadView({"name": ViewNameMissing(limit=LONGEST_VIEW_NAME)})
    return name


def _sound(query: Mapping[str, str]) -> dict[str, str]:
    """Only what an address of the page can hold."""
    given = ((k, v) for k, v in query.items() if k.isidentifier() and v and v.isprintable())
    return {k[:40]: v[:_LONGEST_VALUE] for k, v in list(given)[:_MOST_FIELDS]}


def _put(row: SavedView) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise BadView({"name": ViewNameTaken()}) from error


def _one_at_a_time(person: UUID) -> None:
    """Two at once cannot pass the limit together."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 5))", [str(person)])


def _note(actor: Actor, event: Event, row: SavedView, **facts: object) -> None:
    told = {"name": row.name, **facts}
    record(actor, event, Subject("log_view", str(row.id)), facts=told, person=actor.person)
