"""Messages that a sign-in has ended: sent, tried again with growing pauses, given up."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.jobs import enqueue_later, enqueue_many
from gapura.kernel.permissions import decide, require
from gapura.outside.errors import NotDelivered
from gapura.outside.services import send_form
from gapura.sso import events
from gapura.sso.errors import NoSuchDelivery, StillTrying
from gapura.sso.models import LogoutDelivery
from gapura.sso.permissions import Can
from gapura.sso.protocol.decisions import Needs
from gapura.sso.protocol.logout import logout_token
from gapura.sso.queries.keys import ring
from gapura.sso.rules import LOGOUT_WAITS
from gapura.sso.services.fresh import FRESH
from gapura.sso.services.telling import JOB
from gapura.sso.store import facts

# While one worker sends, no other does; a worker that dies leaves the message to a later try.
_LEASE = timedelta(seconds=60)
_DUE_AT_ONCE = 200
# So many tries of a client without an answer within that time, and its next ones wait.
_PATIENCE, _PAUSE = 3, timedelta(minutes=1)
_SILENT = ("timeout", "unreachable")


def deliver_logout(*, actor: Actor, delivery: UUID) -> bool:
    """Try one message that is due; true when the client took it.

    A worker that dies between sending and writing it down leaves it to be sent again: ending what
    has ended is harmless.
    """
    require(actor, Can.DELIVER_LOGOUT)
    row = None if _postponed(delivery) else _claim(delivery)
    if row is None:
        return False
    try:
        send_form(url=row.client.backchannel_logout_uri, fields={"logout_token": _token(row)})
    except NotDelivered as why:
        _failed(actor, row, why.word)
        return False
    return _taken(actor, row)


def queue_due_logouts(*, actor: Actor) -> int:
    """Queue what is due, first what was never tried; answers how many messages."""
    require(actor, Can.DELIVER_LOGOUT)
    due = LogoutDelivery.objects.filter(next_at__lte=clock.now()).order_by("tries", "next_at")
    found = [{"delivery": str(key)} for key in due.values_list("pk", flat=True)[:_DUE_AT_ONCE]]
    enqueue_many(JOB, found)
    return len(found)


def resend_logout(*, actor: Actor, delivery: UUID) -> UUID:
    """Try a message that was given up once more; answers whose it is.

    :raises NoSuchDelivery: not there, or another agency's.
    :raises StillTrying: it is being tried anyway, or was taken.
    """
    row = LogoutDelivery.objects.select_related("client").filter(pk=delivery).first()
    if row is None or not decide(actor, Can.SEE_LOGOUTS, row.client):
        raise NoSuchDelivery()
    with transaction.atomic():
        dead = LogoutDelivery.objects.filter(pk=delivery, dead_at__isnull=False)
        if not dead.update(next_at=clock.now(), tries=0, dead_at=None, fault=""):
            raise StillTrying()
        enqueue_many(JOB, [{"delivery": str(delivery)}])
    return row.client_id


def _token(row: LogoutDelivery) -> str:
    """Made for each try: one is good for two minutes and once (2.4, 2.6)."""
    (found,) = facts(Needs(row.client.client_id))
    if found.client is None:
        raise NoSuchDelivery()
    return logout_token(
        found.client,
        issuer=settings.PUBLIC_URL,
        subject=row.subject,
        sid=row.sid,
        now=clock.now(),
        fresh=FRESH,
        ring=ring(),
    )


def _postponed(delivery: UUID) -> bool:
    """Its client has let others wait a moment ago, so this message waits with them.

    Each try that gets no answer holds a place of the worker for seconds: one client that is down
    must not keep all others from being told.
    """
    now = clock.now()
    row = LogoutDelivery.objects.filter(pk=delivery, next_at__lte=now).first()
    if row is None or row.tries:
        return False
    silent = LogoutDelivery.objects.filter(
        client=row.client_id, fault__in=_SILENT, tried_at__gt=now - _PAUSE, next_at__isnull=False
    )
    if silent[:_PATIENCE].count() < _PATIENCE:
        return False
    LogoutDelivery.objects.filter(pk=delivery, tries=0).update(next_at=now + _PAUSE)
    return True


def _claim(delivery: UUID) -> LogoutDelivery | None:
    """The message, counted as tried once more; None when it is not due or another has it."""
    now = clock.now()
    rows = LogoutDelivery.objects.filter(pk=delivery, next_at__lte=now)
    if not rows.update(next_at=now + _LEASE, tries=F("tries") + 1, tried_at=now):
        return None
    return LogoutDelivery.objects.select_related("client").get(pk=delivery)


def _mine(row: LogoutDelivery) -> Any:
    """The row, unless another try has begun meanwhile."""
    return LogoutDelivery.objects.filter(
        pk=row.pk, tries=row.tries, delivered_at__isnull=True, dead_at__isnull=True
    )


def _taken(actor: Actor, row: LogoutDelivery) -> bool:
    with transaction.atomic():
        if not _mine(row).update(next_at=None, delivered_at=clock.now(), fault=""):
            return False
        record(actor, events.LOGOUT_DELIVERED, _subject(row), facts=_facts(row))
    return True


def _failed(actor: Actor, row: LogoutDelivery, word: str) -> None:
    again = row.tries <= len(LOGOUT_WAITS) and word != "gone"
    now = clock.now()
    with transaction.atomic():
        if again:
            wait = LOGOUT_WAITS[row.tries - 1]
            _mine(row).update(next_at=now + wait, fault=word)
            enqueue_later(JOB, wait, delivery=str(row.id))
        elif _mine(row).update(next_at=None, dead_at=now, fault=word):
            facts = {**_facts(row), "fault": word}
            record(actor, events.LOGOUT_GIVEN_UP, _subject(row), facts=facts)


def _subject(row: LogoutDelivery) -> Subject:
    return Subject("client", str(row.client_id), row.client.name)


def _facts(row: LogoutDelivery) -> dict[str, object]:
    return {"client_id": row.client.client_id, "delivery": str(row.id), "tries": row.tries}
