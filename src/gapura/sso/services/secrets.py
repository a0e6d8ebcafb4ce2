"""Secrets of applications: made and shown once, two at a time while they change, ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, require
from gapura.sso import events
from gapura.sso.errors import (
    BadOverlap,
    ClientClosed,
    NoSecrets,
    NoSuchClient,
    NoSuchSecret,
    TwoSecrets,
)
from gapura.sso.models import Client, ClientSecret
from gapura.sso.permissions import Can
from gapura.sso.protocol.encoding import digest_of
from gapura.sso.rules import OVERLAPS, SECRET, USUAL_OVERLAP, WITH_SECRET, hint_of, new_text
from gapura.sso.states import CLOSED

MOST_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class NewSecret:
    """A new secret in clear, the only time it is seen; the old one works until `old_until`."""

    client_id: str
    secret: str
    old_until: datetime | None


def add_secret(*, actor: Actor, client: UUID, overlap_days: int = USUAL_OVERLAP) -> NewSecret:
    """Make a new secret; the one before goes on working for `overlap_days`, so that nothing stops.

    :raises NoSuchClient: not there, or another agency's.
    :raises ClientClosed: it was closed.
    :raises NoSecrets: it proves itself otherwise.
    :raises BadOverlap: not one of `OVERLAPS`.
    :raises TwoSecrets: two work already.
    """
    with transaction.atomic():
        row = _held(actor, client)
        if row.auth_method not in WITH_SECRET:
            raise NoSecrets()
        if overlap_days not in OVERLAPS:
            raise BadOverlap()
        now = clock.now()
        # What was just made or ended counts as ended: nobody is to wait for the clock to tick.
        if overlap_days and live_secrets(row, now).count() >= MOST_AT_ONCE:
            raise TwoSecrets()
        until = now + timedelta(days=overlap_days)
        ended = [_end(actor, row, old, until, "replaced") for old in _to_end(row, now, until)]
        return NewSecret(row.client_id, first_secret(actor, row), until if ended else None)


def end_secret(*, actor: Actor, client: UUID, secret: UUID) -> None:
    """End one at once, because it leaked or nobody uses it any more. Ending it twice is refused.

    :raises NoSuchClient: not there, or another agency's.
    :raises NoSuchSecret: not there, or it has ended.
    """
    with transaction.atomic():
        row = _held(actor, client)
        now = clock.now()
        found = live_secrets(row, now).filter(pk=secret).first()
        if found is None:
            raise NoSuchSecret()
        _end(actor, row, found, now, "ended")


def first_secret(actor: Actor, row: Client) -> str:
    """Make a secret for a row that is locked or new, in the caller's transaction."""
    secret = new_text(SECRET)
    made = ClientSecret.objects.create(
        client=row,
        digest=digest_of(secret),
        hint=hint_of(secret),
        made_at=clock.now(),
        made_by=actor.username or actor.system,
    )
    facts = {
        "client_id": row.client_id,
        "secret": str(made.id),
        "secret_hash": bytes(made.digest).hex(),
    }
    record(actor, events.SECRET_ADDED, _subject(row), facts=facts, agency=row.agency)
    return secret


def end_all(actor: Actor, row: Client) -> None:
    """End all that still work, in the caller's transaction: the client is closed or has keys."""
    now = clock.now()
    for secret in live_secrets(row, now):
        _end(actor, row, secret, now, "unused")


def live_secrets(row: Client, now: datetime) -> "QuerySet[ClientSecret, Any]":
    """Those that work at `now`."""
    return row.secrets.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now))


def _to_end(row: Client, now: datetime, until: datetime) -> "QuerySet[ClientSecret, Any]":
    """Of the live ones those that would outlive `until`."""
    return live_secrets(row, now).filter(Q(ends_at__isnull=True) | Q(ends_at__gt=until))


def _held(actor: Actor, client: UUID) -> Client:
    row = Client.objects.select_for_update(of=("self",)).filter(pk=client).first()
    if row is None or not decide(actor, Can.SEE_CLIENT, row):
        raise NoSuchClient()
    require(actor, Can.ROTATE_SECRET, row)
    if row.state == CLOSED:
        raise ClientClosed()
    return row


def _end(actor: Actor, row: Client, secret: ClientSecret, at: datetime, why: str) -> UUID:
    # A clock that was set back must not make it end before it began.
    secret.ends_at = max(at, secret.made_at)
    secret.save(update_fields=["ends_at"])
    facts = {
        "client_id": row.client_id,
        "secret": str(secret.id),
        "ends_at": secret.ends_at,
        "why": why,
    }
    record(actor, events.SECRET_ENDED, _subject(row), facts=facts, agency=row.agency)
    return secret.id


def _subject(row: Client) -> Subject:
    return Subject("client", str(row.id), row.name)
