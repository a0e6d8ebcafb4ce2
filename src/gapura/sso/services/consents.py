"""What people allow applications to see: given, widened, and taken back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from gapura.audit.services import Subject, record
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import require
from gapura.sso import events
from gapura.sso.errors import NoSuchConsent
from gapura.sso.models import Authorization, Client, Consent
from gapura.sso.permissions import Can
from gapura.sso.services.telling import WITHDRAWN, queue_withdrawn


def give_consent(
    *, actor: Actor, client: UUID, client_id: str, name: str, scopes: Iterable[str]
) -> None:
    """Remember that the person lets this application see `scopes`, besides what it sees already.

    Giving the same twice changes nothing but the day; the log then tells nothing new either.

    :raises Refused: for somebody who is not signed in.
    """
    require(actor, Can.GIVE_CONSENT)
    about = {"client_id": client_id, "client": str(client)}
    subject = Subject("client", str(client), name)
    with transaction.atomic():
        new = _first(actor.who, client, sorted(scopes))
        if new is not None:
            facts = {**about, "consent": str(new.id), "scopes": " ".join(new.scopes)}
            record(actor, events.CONSENT_GIVEN, subject, facts=facts, person=actor.who)
            return
        row = _open(actor.who, client).select_for_update().get()
        wanted = sorted({*scopes, *row.scopes})
        if row.scopes != wanted:
            facts = {
                "client_id": client_id,
                "consent": str(row.id),
                "scopes": " ".join(wanted),
            }
            record(actor, events.CONSENT_WIDENED, subject, facts=facts, person=actor.who)
        _open(actor.who, client).update(scopes=wanted, changed_at=clock.now())


def _open(person: UUID, client: UUID) -> QuerySet[Consent]:
    return Consent.objects.filter(person=person, client=client, withdrawn_at__isnull=True)


def _first(person: UUID, client: UUID, wanted: list[str]) -> Consent | None:
    """The new row; None where there is one. Of two windows that answer at once one is first."""
    now = clock.now()
    row = Consent(
        id=uuid7(),
        person_id=person,
        client_id=client,
        scopes=wanted,
        given_at=now,
        changed_at=now,
    )
    Consent.objects.bulk_create([row], ignore_conflicts=True)
    return row if Consent.objects.filter(pk=row.pk).exists() else None


def withdraw_consent(*, actor: Actor, client: UUID) -> None:
    """Take back what an application was allowed and end its sign-ons; it is told at once.

    Where nothing had to be allowed, because the administration connected it, this ends the
    sign-ons alone.

    :raises NoSuchConsent: it sees nothing of the actor, or is not there.
    """
    now = clock.now()
    with transaction.atomic():
        open_ones = _open(actor.who, client)
        consent = open_ones.select_for_update().first()
        live = Authorization.objects.filter(
            person=actor.who, client=client, ended_at__isnull=True
        ).order_by("-created_at")
        newest = live.first()
        if consent is None and newest is None:
            raise NoSuchConsent()
        require(actor, Can.WITHDRAW_CONSENT, consent or newest)
        queue_withdrawn(actor.who, client)
        ended = live.order_by().update(ended_at=now, end_reason=WITHDRAWN)
        if consent is not None:
            open_ones.update(withdrawn_at=now)
        _tell(actor, Client.objects.get(pk=client), consent, ended)


def _tell(actor: Actor, client: Client, consent: Consent | None, ended: int) -> None:
    subject = Subject("client", str(client.id), client.name)
    facts: dict[str, object] = {"client_id": client.client_id, "authorizations": ended}
    if consent is None:
        event, facts["why"] = events.AUTHORIZATION_ENDED, WITHDRAWN
    else:
        event, facts["consent"] = events.CONSENT_WITHDRAWN, str(consent.id)
    record(actor, event, subject, facts=facts, person=actor.who)
