"""Dynamic registration: applications register and manage themselves (RFC 7591, RFC 7592)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction

from gapura.kernel.actor import Actor
from gapura.kernel.addresses import address_key
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import Limit, check, count
from gapura.sso.errors import NothingChanged
from gapura.sso.models import Client, InitialToken
from gapura.sso.protocol.encoding import digest_of, same
from gapura.sso.protocol.metadata import Addresses
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.registration import told, updated, validated
from gapura.sso.rules import (
    REGISTRATION,
    Contract,
    columns_of,
    contract_of,
    metadata_of,
    new_text,
)
from gapura.sso.services.checking import is_moved, own_flaw, rules_for
from gapura.sso.services.client_keys import Fetched, fetch_of
from gapura.sso.services.client_states import close_row
from gapura.sso.services.clients import Registered, amend, enroll
from gapura.sso.services.sectors import check_sector
from gapura.sso.services.tokens import known, use
from gapura.sso.states import ACTIVE

# Wrong tokens are counted by address; registrations, and updates, by the token they rest on.
REFUSALS = Limit("sso.registration.refused", 20, 600)
REGISTRATIONS = Limit("sso.registration.token", 20, 3600)
_UNNAMED = "client_name"
_DEMANDS = ("needs_par", "needs_dpop")


@dataclass(frozen=True, slots=True)
class Told:
    """What a program is told: the metadata as it is registered now, and what is shown only once."""

    document: dict[str, Any]


def register_itself(*, actor: Actor, token: str, metadata: Mapping[str, Any]) -> Told:
    """Register the application that shows an initial access token (RFC 7591 3.1).

    It belongs to the token's agency, and may ask for DYNAMIC_SCOPES until the platform agrees to
    more. Reads addresses of the application: keep it out of a transaction of your own.

    :raises OAuthProblem: invalid_token (401), or what is wrong with the metadata.
    :raises TooMany: too many wrong tokens, or registrations.
    """
    ticket = _admitted(actor, token)
    contract = Contract(agency=ticket.agency, sandbox=ticket.sandbox)
    sound = _sound(validated(metadata, rules_for(contract, dynamic=True)))
    fetched = fetch_of(sound)
    with transaction.atomic():
        return _enrolled(actor, ticket, sound, contract, fetched)


def read_registration(*, actor: Actor, client_id: str, token: str) -> Told:
    """What is registered, without any secret: only their hashes are kept (RFC 7592 2.1).

    :raises OAuthProblem: invalid_token (401).
    :raises TooMany: too many wrong tokens.
    """
    return Told(_document(_managed(actor, client_id, token), managing=token))


def update_registration(
    *, actor: Actor, client_id: str, token: str, metadata: Mapping[str, Any]
) -> Told:
    """Replace what is registered; what is left out falls back to its default (RFC 7592 2.2).

    :raises OAuthProblem: invalid_token (401), or what is wrong with the metadata.
    :raises TooMany: too many wrong tokens.
    """
    held = _managed(actor, client_id, token)
    # Each may have us read two addresses, in the one lane that all share.
    count(REGISTRATIONS, str(held.pk))
    sound = _sound(_updated(held, metadata))
    _check_secret(held, metadata)
    fetched = fetch_of(sound) if sound.get("jwks_uri", "") != held.jwks_uri else None
    with transaction.atomic():
        row = _managed(actor, client_id, token, lock=True)
        # Once more: what the platform agreed to may have changed while servers of its were read.
        sound = _updated(row, metadata)
        columns = columns_of(_named(sound, row.client_id), contract_of(row))
        # Maybe the platform demanded it: an application only makes itself stricter.
        columns |= {name: columns[name] or getattr(row, name) for name in _DEMANDS}
        try:
            done = amend(actor, row, columns, fetched)
        except NothingChanged:
            done = Registered(row.id, row.client_id)
        return Told(_document(row, secret=done.secret, managing=token))


def delete_registration(*, actor: Actor, client_id: str, token: str) -> None:
    """Close the client; its tokens work no more (RFC 7592 2.3).

    :raises OAuthProblem: invalid_token (401).
    :raises TooMany: too many wrong tokens.
    """
    _managed(actor, client_id, token)
    with transaction.atomic():
        row = _managed(actor, client_id, token, lock=True)
        close_row(actor, row, "closed by itself (RFC 7592)")


def _enrolled(
    actor: Actor,
    ticket: InitialToken,
    sound: dict[str, Any],
    contract: Contract,
    fetched: Fetched | None,
) -> Told:
    managing = new_text(REGISTRATION)
    done = enroll(
        actor,
        sound,
        contract,
        fetched,
        way="dynamic",
        registration=digest_of(managing),
        initial_token=ticket,
    )
    if not use(actor, ticket, done.client_id):
        raise _denied()
    row = Client.objects.get(pk=done.id)
    return Told(_document(row, secret=done.secret, managing=managing))


def _admitted(actor: Actor, token: str) -> InitialToken:
    check(REFUSALS, address_key(actor.ip))
    row = known(token) if token else None
    if row is None:
        _count_refusal(actor)
        raise _denied()
    count(REGISTRATIONS, str(row.pk))
    return row


def _managed(actor: Actor, client_id: str, token: str, *, lock: bool = False) -> Client:
    """The client whose registration access token this is; suspended ones do not manage themselves.

    An unknown client and a wrong token look the same (RFC 7592 2.1: 401, no other trace).
    """
    check(REFUSALS, address_key(actor.ip))
    rows = Client.objects.select_for_update(of=("self",)) if lock else Client.objects
    row = rows.filter(registration=digest_of(token)).first() if token else None
    if row is None or row.state != ACTIVE or not same(row.client_id, client_id):
        _count_refusal(actor)
        raise _denied()
    return row


def _count_refusal(actor: Actor) -> None:
    # Of its own: what is refused is rolled back, the count must stay.
    with transaction.atomic():
        count(REFUSALS, address_key(actor.ip))


def _denied() -> OAuthProblem:
    challenge = ("WWW-Authenticate", 'Bearer realm="gapura", error="invalid_token"')
    return OAuthProblem(
        "invalid_token",
        "the token is not known, was used up, or no longer works",
        status=401,
        why="registration_token",
        headers=(challenge,),
    )


def _sound(metadata: dict[str, Any]) -> dict[str, Any]:
    """The same once this platform's own rules hold too.

    :raises OAuthProblem: invalid_client_metadata.
    """
    flaw = own_flaw(metadata)
    if flaw is not None:
        raise _flawed(flaw[0], _sentence(flaw[1]))
    _belongs_to_sector(metadata)
    return metadata


def _belongs_to_sector(metadata: Mapping[str, Any]) -> None:
    if fault := check_sector(metadata):
        raise _flawed("sector_identifier_uri", fault)


def _updated(row: Client, metadata: Mapping[str, Any]) -> dict[str, Any]:
    """An update held against the contract of this row.

    :raises OAuthProblem: what is wrong with it.
    """
    rules = rules_for(contract_of(row), dynamic=True, agreed=row.scopes)
    sound = updated(metadata, row.client_id, rules)
    if is_moved(row, sound):
        sentence = "an address on a new host has to be agreed with the platform"
        raise OAuthProblem("invalid_redirect_uri", sentence, why="redirect_uris:agreed")
    return sound


def _check_secret(row: Client, metadata: Mapping[str, Any]) -> None:
    """A secret in an update must be the client's own: it cannot choose one (RFC 7592 2.2)."""
    secret = metadata.get("client_secret")
    if secret is None:
        return
    digests = {bytes(one) for one in row.secrets.values_list("digest", flat=True)}
    if not isinstance(secret, str) or digest_of(secret) not in digests:
        raise _flawed("client_secret", "it is not the secret of this client")


def _flawed(member: str, sentence: str) -> OAuthProblem:
    text = f"{member}: {sentence}"
    return OAuthProblem("invalid_client_metadata", text, why=f"{member}:own")


def _sentence(problem: Problem) -> str:
    text = problem.what % problem.values if problem.values else problem.what
    # RFC 6749 5.2: ASCII without quotation mark or backslash.
    return text.encode("ascii", "replace").decode().replace('"', "'").replace("\\", "/")


def _named(metadata: dict[str, Any], client_id: str) -> dict[str, Any]:
    """RFC 7591 2: without a name its client_id is shown to people."""
    return metadata if metadata.get(_UNNAMED) else {**metadata, _UNNAMED: client_id}


def _document(row: Client, *, secret: str = "", managing: str = "") -> dict[str, Any]:
    addresses = Addresses(settings.PUBLIC_URL)
    return told(
        metadata_of(row),
        client_id=row.client_id,
        issued_at=row.registered_at,
        secret=secret,
        registration_token=managing,
        registration_uri=addresses.registered(row.client_id),
    )
