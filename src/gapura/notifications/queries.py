"""Reads of the bell and of the outbox's health."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce

from gapura.kernel.actor import Actor
from gapura.kernel.prepared import Prepared
from gapura.notifications.models import Mail, Notice

_UNREAD = Prepared(
    lambda person: (
        Notice.objects.filter(person=person, read_at__isnull=True)
        .values("person")
        .annotate(unread=Count("id"))
        .values_list("unread")
    ),
    UUID(int=7),
)


_ON_HOME = 3
_UNREAD_OF = (
    Notice.objects.filter(person=OuterRef("person"), read_at__isnull=True)
    .values("person")
    .annotate(unread=Count("id"))
    .values("unread")
)
_LATEST = Prepared(
    lambda person: (
        Notice.objects.filter(person=person)
        .order_by("-created_at", "-id")
        .annotate(unread=Coalesce(Subquery(_UNREAD_OF), 0))
        .values_list("text", "link", "created_at", "read_at", "unread")[:_ON_HOME]
    ),
    UUID(int=7),
)


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One line behind the bell."""

    text: str
    link: str
    created_at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True)
class Bell:
    """The newest notices and how many of all are new."""

    unread: int
    latest: tuple[NoticeView, ...]


def newest(actor: Actor) -> Bell:
    """The actor's three newest notices with the number on the bell. One query."""
    rows = _LATEST.rows(actor.who)
    latest = tuple(NoticeView(text, link, at, read is None) for text, link, at, read, _ in rows)
    return Bell(int(rows[0][-1]) if rows else 0, latest)


def unread_count(person: UUID) -> int:
    """How many notices the person has not seen."""
    rows = _UNREAD.rows(person)
    return int(rows[0][0]) if rows else 0


def bell_for(actor: Actor, limit: int = 50) -> list[NoticeView]:
    """The actor's own notices, newest first."""
    rows = Notice.objects.filter(person=actor.who).order_by("-created_at", "-id")[:limit]
    return [NoticeView(n.text, n.link, n.created_at, n.read_at is None) for n in rows]


def oldest_unsent() -> datetime | None:
    """When the oldest mail still waiting was written; None when nothing waits."""
    answer: datetime | None = Mail.objects.filter(body__isnull=False).aggregate(
        at=Min("created_at")
    )["at"]
    return answer


def mails_waiting(most: int) -> int:
    """How many mails wait to be sent, counted up to `most`."""
    return Mail.objects.filter(body__isnull=False)[:most].count()
