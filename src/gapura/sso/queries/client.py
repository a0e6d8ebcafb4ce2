"""One application as those see it who look after it: its registration, contract and health."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from gapura.documents.queries import Download, preview
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, may
from gapura.sso.errors import NoSuchClient
from gapura.sso.models import Client, ClientKeys, LogoutDelivery
from gapura.sso.permissions import Can
from gapura.sso.queries.clients import ClientRow, row_of, with_health
from gapura.sso.rules import Contract, contract_of, metadata_of
from gapura.sso.states import ACTIVE, CLIENT, CLOSED

SHOWN_DELIVERIES = 20


@dataclass(frozen=True, slots=True)
class SecretView:
    """A secret that works, by its first signs; `ends_at` is empty for the one that goes on."""

    id: UUID
    hint: str
    made_at: datetime
    made_by: str
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """A message about an ended sign-in: `word` is waiting, delivered or dead."""

    id: UUID
    word: str
    why: str
    made_at: datetime
    tries: int
    tried_at: datetime | None
    next_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class KeysView:
    """The keys at an address of the client's, as they were fetched."""

    kids: tuple[str, ...]
    fetched_at: datetime | None
    fault: str


@dataclass(frozen=True, slots=True)
class ClientView:
    """One application in full: what it registered, what was agreed, and what `actor` can do.

    `verbs` are steps of its states, `can` other deeds: change, rotate_secret, fetch_keys, retry.
    """

    row: ClientRow
    metadata: Mapping[str, Any]
    contract: Contract
    way: str
    registered_by: str
    changed_at: datetime
    ended_at: datetime | None
    state_reason: str
    has_logo: bool
    secrets: tuple[SecretView, ...]
    keys: KeysView | None
    deliveries: tuple[DeliveryView, ...]
    verbs: tuple[str, ...]
    can: frozenset[str]


def client_for(actor: Actor, client: UUID) -> ClientView:
    """One with its secrets, keys and newest messages. Four statements.

    :raises NoSuchClient: not there, or another agency's.
    """
    row = with_health(Client.objects.filter(pk=client)).first()
    if row is None or not decide(actor, Can.SEE_CLIENT, row):
        raise NoSuchClient()
    return _view(actor, row)


def client_named(actor: Actor, client_id: str) -> ClientView:
    """The same by the name it has in the protocol.

    :raises NoSuchClient: not there, or another agency's.
    """
    row = with_health(Client.objects.filter(client_id=client_id)).first()
    if row is None or not decide(actor, Can.SEE_CLIENT, row):
        raise NoSuchClient()
    return _view(actor, row)


def logo_of(client: UUID) -> Download:
    """Its logo, redrawn by us and safe to show. The caller has decided who may see it.

    :raises NoSuchClient: not there, or without one.
    """
    document = Client.objects.filter(pk=client).values_list("logo_id", flat=True).first()
    if document is None:
        raise NoSuchClient()
    return preview(document, 1)


def _view(actor: Actor, row: Any) -> ClientView:
    return ClientView(
        row=row_of(row),
        metadata=metadata_of(row),
        contract=contract_of(row),
        way=row.way,
        registered_by=row.registered_by,
        changed_at=row.changed_at,
        ended_at=row.ended_at,
        state_reason=row.state_reason,
        has_logo=row.logo_id is not None,
        secrets=_secrets(row),
        keys=_keys(row),
        deliveries=_deliveries(row),
        verbs=_verbs(actor, row),
        can=_can(actor, row),
    )


def _verbs(actor: Actor, row: Client) -> tuple[str, ...]:
    steps = CLIENT.verbs_from(row.state)
    return tuple(step.verb for step in steps if may(actor, step.permission, row))


def _can(actor: Actor, row: Client) -> frozenset[str]:
    if row.state == CLOSED:
        return frozenset()
    deeds = {"change": Can.CHANGE_CLIENT, "rotate_secret": Can.ROTATE_SECRET}
    if row.jwks_uri and row.state == ACTIVE:
        deeds["fetch_keys"] = Can.FETCH_KEYS
    if row.state == ACTIVE:
        deeds["retry"] = Can.SEE_LOGOUTS
    return frozenset(name for name, permission in deeds.items() if may(actor, permission, row))


def _secrets(row: Client) -> tuple[SecretView, ...]:
    live = row.secrets.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=clock.now()))
    return tuple(
        SecretView(one.id, one.hint, one.made_at, one.made_by, one.ends_at)
        for one in live.order_by("-made_at")
    )


def _keys(row: Client) -> KeysView | None:
    if not row.jwks_uri:
        return None
    kept = ClientKeys.objects.filter(client=row).first()
    if kept is None:
        return KeysView((), None, "")
    kids = tuple(str(key.get("kid", "")) for key in kept.jwks.get("keys", ()))
    return KeysView(kids, kept.fetched_at, kept.fault)


def _deliveries(row: Client) -> tuple[DeliveryView, ...]:
    rows = LogoutDelivery.objects.filter(client=row).order_by("-id")[:SHOWN_DELIVERIES]
    return tuple(
        DeliveryView(
            id=one.id,
            word="delivered" if one.delivered_at else "dead" if one.dead_at else "waiting",
            why=one.why,
            made_at=one.made_at,
            tries=one.tries,
            tried_at=one.tried_at,
            next_at=one.next_at,
            fault=one.fault,
        )
        for one in rows
    )
