"""Applications: registered and changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.audit.services import Subject, record
from gapura.documents.services import receive
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, require
from gapura.sso import events
from gapura.sso.errors import ClientClosed, NoSuchClient, NothingChanged
from gapura.sso.marks import change_of, contract_mark
from gapura.sso.models import Client, ClientKeys
from gapura.sso.permissions import Can
from gapura.sso.rules import (
    WITH_SECRET,
    Contract,
    columns_of,
    new_client_id,
)
from gapura.sso.services.checking import checked, tidied
from gapura.sso.services.client_keys import Fetched, fetch_of, keep_keys
from gapura.sso.services.secrets import end_all, first_secret
from gapura.sso.states import ACTIVE, CLOSED


@dataclass(frozen=True, slots=True)
class Registered:
    """A client as it was registered or changed; `secret` is a new one, shown only now, or empty."""

    id: UUID
    client_id: str
    secret: str = ""


def register_client(
    *,
    actor: Actor,
    metadata: Mapping[str, Any],
    contract: Contract | None = None,
    way: str = "form",
) -> Registered:
    """Register an application by a form or a command; `metadata` has the members of RFC 7591.

    Reads the keys at its `jwks_uri`: keep it out of a transaction of your own.

    :raises Refused: for others than the platform's administrators.
    :raises FieldProblems: what is wrong, by member.
    """
    require(actor, Can.REGISTER_CLIENT)
    agreed = tidied(contract or Contract())
    told = checked(metadata, agreed)
    fetched = fetch_of(told)
    with transaction.atomic():
        return enroll(actor, told, agreed, fetched, way=way)


def enroll(
    actor: Actor,
    told: Mapping[str, Any],
    contract: Contract,
    fetched: Fetched | None,
    *,
    way: str,
    **more: Any,
) -> Registered:
    """Write a checked registration, its first secret, and what the log tells of it."""
    now, client_id = clock.now(), new_client_id()
    columns = columns_of(told, contract)
    columns["name"] = columns["name"] or client_id  # RFC 7591 2: what people are shown then
    row = Client.objects.create(
        client_id=client_id,
        way=way,
        registered_at=now,
        registered_by=actor.username or actor.system,
        changed_at=now,
        **columns,
        **more,
    )
    keep_keys(row, fetched)
    _note_registered(actor, row)
    secret = first_secret(actor, row) if row.auth_method in WITH_SECRET else ""
    return Registered(row.id, row.client_id, secret)


def _note_registered(actor: Actor, row: Client) -> None:
    facts = {
        "client_id": row.client_id,
        "way": row.way,
        "contract": contract_mark(row.id),
        "profile": row.profile,
        "auth_method": row.auth_method,
        "grant_types": row.grant_types,
        "scopes": row.scopes,
        "sandbox": row.sandbox,
    }
    record(actor, events.CLIENT_REGISTERED, subject_of(row), facts=facts, agency=row.agency)


def change_client(
    *, actor: Actor, client: UUID, metadata: Mapping[str, Any], contract: Contract
) -> Registered:
    """Change what it is registered with and what was agreed; answers a secret if it needs one now.

    Whoever signed in stays so; what it may see is its new contract's from the next request on.
    Reads the keys at its `jwks_uri`: keep it out of a transaction of your own.

    :raises NoSuchClient: not there, or another agency's.
    :raises ClientClosed: it was closed.
    :raises FieldProblems: what is wrong, by member.
    :raises NothingChanged: it stands like this already.
    """
    held = load(actor, Can.CHANGE_CLIENT, client)
    agreed = tidied(contract)
    told = checked(metadata, agreed)
    fetched = fetch_of(told) if told.get("jwks_uri", "") != held.jwks_uri else None
    with transaction.atomic():
        row = load(actor, Can.CHANGE_CLIENT, client, lock=True)
        return amend(actor, row, columns_of(told, agreed), fetched)


def amend(
    actor: Actor, row: Client, columns: Mapping[str, Any], fetched: Fetched | None
) -> Registered:
    """Write what has changed of a row that is locked.

    :raises NothingChanged: nothing has.
    """
    fields = sorted(name for name, value in columns.items() if getattr(row, name) != value)
    if not fields:
        raise NothingChanged()
    was = contract_mark(row.id)
    for name in fields:
        setattr(row, name, columns[name])
    row.changed_at = clock.now()
    row.save(update_fields=[*fields, "changed_at"])
    if "jwks_uri" in fields:
        ClientKeys.objects.filter(client=row).delete()
        keep_keys(row, fetched)
    facts = {"client_id": row.client_id, "fields": fields, **change_of(row.id, was)}
    record(actor, events.CLIENT_CHANGED, subject_of(row), facts=facts, agency=row.agency)
    return Registered(row.id, row.client_id, _secret_after(actor, row))


def set_logo(*, actor: Actor, client: UUID, name: str, content: bytes) -> None:
    """Take a logo in through the gate of the documents: its pixels drawn anew are all that is kept.

    Keep it out of a transaction of your own.

    :raises NoSuchClient: not there, or another agency's.
    :raises ClientClosed: it was closed.
    :raises FileRefused: no picture that we take; nothing was kept.
    """
    load(actor, Can.CHANGE_CLIENT, client)
    document = receive(actor=actor, name=name, content=content, purpose="logo")
    with transaction.atomic():
        row = load(actor, Can.CHANGE_CLIENT, client, lock=True)
        if row.logo_id != document:
            amend(actor, row, {"logo_id": document}, None)


def load(
    actor: Actor, permission: str, client: UUID, *, lock: bool = False, closed: bool = False
) -> Client:
    """The row, when the actor may; to others it is not there.

    :raises NoSuchClient: not there, or another agency's.
    :raises Refused: one may know of it, but not do this.
    :raises ClientClosed: it was closed, unless `closed` ones are wanted too.
    """
    rows = Client.objects.select_for_update(of=("self",)) if lock else Client.objects
    row = rows.filter(pk=client).first()
    if row is None or not decide(actor, Can.SEE_CLIENT, row):
        raise NoSuchClient()
    require(actor, permission, row)
    if row.state == CLOSED and not closed:
        raise ClientClosed()
    return row


def subject_of(row: Client) -> Subject:
    """What the log calls a client."""
    return Subject("client", str(row.id), row.name)


def _secret_after(actor: Actor, row: Client) -> str:
    """After a change: secrets end where they are no longer used, and one is made where it is."""
    if row.auth_method not in WITH_SECRET:
        end_all(actor, row)
        return ""
    has_one = row.secrets.filter(ends_at__isnull=True).exists()
    return "" if has_one or row.state != ACTIVE else first_secret(actor, row)
