"""Whom entries of the log are about, for whoever has to tell people of a breach (UU 27/2022 46)."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from gapura.audit.events import event_named
from gapura.audit.models import LogEvent

_CHUNK = 5000


def people_concerned(name: str, since: datetime, until: datetime) -> Iterator[UUID] | None:
    """Who did it and whom it was about, in entries of that event within a time; None: no event.

    For rooms that have asked their own permission. Read in pieces.
    """
    if event_named(name) is None:
        return None
    rows = LogEvent.objects.filter(name=name, occurred_at__gte=since, occurred_at__lte=until)
    return _each(rows.order_by().values_list("person", "actor_person").distinct())


def _each(rows: "QuerySet[LogEvent, tuple[UUID | None, UUID | None]]") -> Iterator[UUID]:
    for pair in rows.iterator(chunk_size=_CHUNK):
        yield from (one for one in pair if one is not None)
