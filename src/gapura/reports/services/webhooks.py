"""Webhooks: registered and closed, their messages sent, tried again, given up, replayed."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from gapura.accounts.queries import free_text_problem
from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue, enqueue_many
from gapura.kernel.permissions import require
from gapura.kernel.problems import FieldProblems, Problem
from gapura.organizations.queries import agencies_by_code
from gapura.outside.errors import BadAddress, NotDelivered
from gapura.outside.services import check_target, new_secret, send_webhook
from gapura.reports import events
from gapura.reports.errors import (
    BadScope,
    NameLength,
    NoSuchDelivery,
    NoSuchRule,
    NoSuchWebhook,
    StillOpen,
    TooManyWebhooks,
)
from gapura.reports.models import Delivery, Webhook
from gapura.reports.permissions import Can
from gapura.reports.rules import RULES_BY_CODE, wait_before

MOST_WEBHOOKS = 20
NAME_LEAST, NAME_MOST = 3, 80
# While one worker sends, no other does; a worker that dies leaves the message to a later try.
_LEASE = timedelta(seconds=60)
_DUE_AT_ONCE = 200


def register_webhook(
    *, actor: Actor, name: str, url: str, agency: str = "", rules: tuple[str, ...] = ()
) -> tuple[UUID, str]:
    """Have alerts told to an address; answers its id and its secret, which is shown only now.

    `agency` (code) and `rules` (codes) narrow what it is told; empty means all.

    :raises Refused: for others than the platform's administrators.
    :raises FieldProblems: what is wrong with name, url, agency or rules.
    :raises TooManyWebhooks: twenty are enough.
    """
    require(actor, Can.REGISTER_WEBHOOK)
    name, url = " ".join(name.split()), url.strip()
    host = _check(name, url, agency, rules)
    secret = new_secret()
    with transaction.atomic():
        if Webhook.objects.filter(closed_at__isnull=True).count() >= MOST_WEBHOOKS:
            raise TooManyWebhooks(most=MOST_WEBHOOKS)
        hook = Webhook.objects.create(
            name=name,
            url=url,
            host=host,
            secret=secret,
            agency=agency,
            rules=list(rules),
            registered_at=clock.now(),
            registered_by=actor.username,
        )
        facts = {"host": host, "rules": list(rules)}
        record(actor, events.REGISTERED, _subject(hook), facts=facts, agency=agency)
    return hook.id, secret


def close_webhook(*, actor: Actor, webhook: UUID) -> None:
    """Tell this address nothing more; what waits for it is dropped. Closing twice changes nothing.

    :raises NoSuchWebhook: not there.
    """
    require(actor, Can.CLOSE_WEBHOOK)
    with transaction.atomic():
        hook = Webhook.objects.select_for_update().filter(pk=webhook).first()
        if hook is None:
            raise NoSuchWebhook()
        if hook.closed_at is not None:
            return
        hook.closed_at = clock.now()
        hook.save(update_fields=["closed_at"])
        waiting = Delivery.objects.filter(webhook=hook, next_at__isnull=False)
        dropped = waiting.update(next_at=None, dead_at=hook.closed_at, fault="closed")
        record(actor, events.CLOSED, _subject(hook), facts={"waiting": dropped})


def replay_delivery(*, actor: Actor, delivery: UUID) -> UUID:
    """Send a message that was taken or given up again, with the same id; answers its webhook.

    :raises NoSuchDelivery: not there, or its webhook was closed.
    :raises StillOpen: it is being tried anyway.
    """
    require(actor, Can.REPLAY_DELIVERY)
    with transaction.atomic():
        row = Delivery.objects.select_related("webhook").filter(pk=delivery).first()
        if row is None or row.webhook.closed_at is not None:
            raise NoSuchDelivery()
        rows = Delivery.objects.filter(pk=delivery, next_at__isnull=True)
        done = rows.update(next_at=clock.now(), tries=0, delivered_at=None, dead_at=None, fault="")
        if not done:
            raise StillOpen()
        facts = {"message": str(row.id)}
        record(actor, events.REPLAYED, _subject(row.webhook), facts=facts)
        enqueue("reports.deliver", delivery=str(delivery))
    return row.webhook_id


def deliver(*, actor: Actor, delivery: UUID) -> bool:
    """Try one message that is due; true when it was taken.

    A worker that dies between sending and writing it down leaves it to be sent again, with the
    same id: a receiver knows a repetition by it.
    """
    require(actor, Can.DELIVER)
    row = _claim(delivery)
    if row is None:
        return False
    hook = row.webhook
    try:
        send_webhook(url=hook.url, secret=hook.secret, message=row.id, body=row.body.encode())
    except NotDelivered as why:
        _failed(actor, row, why.word)
        return False
    mine = Delivery.objects.filter(pk=row.pk, tries=row.tries, dead_at__isnull=True)
    return bool(mine.update(next_at=None, delivered_at=clock.now(), fault=""))


def queue_due(*, actor: Actor) -> int:
    """Queue what is due again; answers how many messages."""
    require(actor, Can.DELIVER)
    due = Delivery.objects.filter(next_at__lte=clock.now()).order_by("next_at")[:_DUE_AT_ONCE]
    found = [{"delivery": str(key)} for key in due.values_list("pk", flat=True)]
    enqueue_many("reports.deliver", found)
    return len(found)


def _claim(delivery: UUID) -> Delivery | None:
    """The message, counted as tried once more; None when it is not due or another has it."""
    now = clock.now()
    # No join: its conditions would not be looked at again after waiting for another's update.
    open_ones = Webhook.objects.filter(closed_at__isnull=True)
    rows = Delivery.objects.filter(pk=delivery, next_at__lte=now, webhook__in=open_ones)
    taken = rows.update(next_at=now + _LEASE, tries=F("tries") + 1, tried_at=now)
    if not taken:
        return None
    return Delivery.objects.select_related("webhook").get(pk=delivery)


def _failed(actor: Actor, row: Delivery, word: str) -> None:
    wait = None if word == "gone" else wait_before(row.tries)
    now = clock.now()
    mine = Delivery.objects.filter(
        Q(delivered_at__isnull=True, dead_at__isnull=True), pk=row.pk, tries=row.tries
    )
    with transaction.atomic():
        if wait is not None:
            mine.update(next_at=now + timedelta(seconds=wait), fault=word)
        elif mine.update(next_at=None, dead_at=now, fault=word):
            facts = {"message": str(row.id), "tries": row.tries, "fault": word}
            record(actor, events.GIVEN_UP, _subject(row.webhook), facts=facts)


def _subject(hook: Webhook) -> Subject:
    return Subject("webhook", str(hook.id), hook.name)


def _check(name: str, url: str, agency: str, rules: tuple[str, ...]) -> str:
    problems: dict[str, Problem] = {}
    host = ""
    if not NAME_LEAST <= len(name) <= NAME_MOST:
        problems["name"] = NameLength(least=NAME_LEAST, most=NAME_MOST)
    elif (problem := free_text_problem(name, NAME_MOST)) is not None:
        problems["name"] = problem
    try:
        host = check_target(url).host
    except BadAddress as bad:
        problems["url"] = bad
    if agency and not agencies_by_code({agency}):
        problems["agency"] = BadScope()
    if not set(rules) <= RULES_BY_CODE.keys():
        problems["rules"] = NoSuchRule()
    if problems:
        raise FieldProblems(problems)
    return host
