"""Webhooks and their messages, as the platform's administrators see them; never a secret."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.reports.errors import NoSuchWebhook
from gapura.reports.models import Delivery, Webhook
from gapura.reports.permissions import Can
from gapura.reports.rules import RULES_BY_CODE, Rule

PAGE = 40


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """One webhook with how its messages fare; `rules` empty means all."""

    id: UUID
    name: str
    host: str
    agency: str
    rules: tuple[Rule, ...]
    registered_at: datetime
    registered_by: str
    closed_at: datetime | None
    waiting: int
    delivered: int
    dead: int


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One message: `word` is waiting, delivered or dead."""

    id: UUID
    alert: UUID
    reference: str
    kind: str
    word: str
    made_at: datetime
    tries: int
    tried_at: datetime | None
    next_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class WebhookView:
    """One webhook, where it is, and its newest messages."""

    row: WebhookRow
    url: str
    deliveries: tuple[DeliveryRow, ...]


def webhooks_for(actor: Actor) -> tuple[WebhookRow, ...]:
    """All of them, open ones first. One query.

    :raises Refused: for others than the platform's administrators.
    """
    require(actor, Can.SEE_WEBHOOKS)
    rows = _counted().order_by("closed_at", "-id")[:100]
    return tuple(sorted((_row(one) for one in rows), key=lambda row: row.closed_at is not None))


def webhook_for(actor: Actor, webhook: UUID) -> WebhookView:
    """One with its 40 newest messages. Two queries.

    :raises NoSuchWebhook: not there.
    :raises Refused: for others than the platform's administrators.
    """
    require(actor, Can.SEE_WEBHOOKS)
    found = _counted().filter(pk=webhook).first()
    if found is None:
        raise NoSuchWebhook()
    rows = Delivery.objects.filter(webhook=found).select_related("alert").order_by("-id")[:PAGE]
    return WebhookView(_row(found), found.url, tuple(_delivery(one) for one in rows))


def _counted() -> QuerySet[Any, Any]:
    return Webhook.objects.annotate(
        waiting=Count("deliveries", filter=Q(deliveries__next_at__isnull=False)),
        delivered=Count("deliveries", filter=Q(deliveries__delivered_at__isnull=False)),
        dead=Count("deliveries", filter=Q(deliveries__dead_at__isnull=False)),
    )


def _row(row: Webhook) -> WebhookRow:
    return WebhookRow(
        id=row.id,
        name=row.name,
        host=row.host,
        agency=row.agency,
        rules=tuple(RULES_BY_CODE[code] for code in row.rules if code in RULES_BY_CODE),
        registered_at=row.registered_at,
        registered_by=row.registered_by,
        closed_at=row.closed_at,
        waiting=getattr(row, "waiting", 0),
        delivered=getattr(row, "delivered", 0),
        dead=getattr(row, "dead", 0),
    )


def _delivery(row: Delivery) -> DeliveryRow:
    word = "delivered" if row.delivered_at else "dead" if row.dead_at else "waiting"
    return DeliveryRow(
        id=row.id,
        alert=row.alert_id,
        reference=row.alert.reference,
        kind=row.kind,
        word=word,
        made_at=row.made_at,
        tries=row.tries,
        tried_at=row.tried_at,
        next_at=row.next_at,
        fault=row.fault,
    )
