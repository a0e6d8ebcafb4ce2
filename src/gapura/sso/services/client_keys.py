"""Keys of applications at an address of theirs: fetched by us ahead of time, never while asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import decide, require
from gapura.outside.errors import BadAddress, NotFetched
from gapura.outside.services import fetch_json
from gapura.sso.errors import KeysPaused, NoSuchClient
from gapura.sso.models import Client, ClientKeys
from gapura.sso.permissions import Can
from gapura.sso.protocol.encoding import from_json
from gapura.sso.protocol.jwk import BadKey, parse_jwks
from gapura.sso.rules import KEYS_OLD, KEYS_PAUSE
from gapura.sso.states import ACTIVE

_AT_ONCE = 50
_FAULT_MOST = 80


@dataclass(frozen=True, slots=True)
class Fetched:
    """A key set that was fetched; `fault` says why there is none."""

    jwks: Mapping[str, Any]
    fault: str = ""


def fetch_of(told: Mapping[str, Any]) -> Fetched | None:
    """The keys of a registration with a `jwks_uri`, None for one without. Not in a transaction."""
    address = told.get("jwks_uri", "")
    return fetch_keys(address) if address else None


def fetch_keys(address: str) -> Fetched:
    """Fetch a key set; what cannot be fetched or read answers with a fault and without keys."""
    try:
        jwks = from_json(fetch_json(address))
        parse_jwks(jwks)
    except BadAddress as problem:
        return Fetched({}, f"address_{problem.word}")
    except NotFetched as problem:
        return Fetched({}, problem.word)
    except BadKey as problem:
        return Fetched({}, str(problem)[:_FAULT_MOST])
    except ValueError:
        return Fetched({}, "kind")
    return Fetched(jwks)


def keep_keys(row: Client, fetched: Fetched | None) -> None:
    """Keep what was fetched; a fault leaves the former keys in place. In the caller's transaction.

    The row of the client counts too: doors remember what they have read by its version.
    """
    if fetched is None:
        return
    now = clock.now()
    values: dict[str, Any] = {"tried_at": now, "fault": fetched.fault}
    if not fetched.fault:
        values |= {"jwks": dict(fetched.jwks), "fetched_at": now}
    ClientKeys.objects.update_or_create(client=row, defaults=values)


def refresh_keys(*, actor: Actor, client: UUID) -> str:
    """Fetch a client's keys anew; answers the fault in a word, empty when all went well.

    At most once a minute, whoever asks: a client that is signed with unknown keys asks each time.

    :raises NoSuchClient: not there, another agency's, or without a `jwks_uri`.
    :raises KeysPaused: it was tried within the last minute.
    """
    row = Client.objects.filter(pk=client, state=ACTIVE).exclude(jwks_uri="").first()
    if row is None or not decide(actor, Can.SEE_CLIENT, row):
        raise NoSuchClient()
    require(actor, Can.FETCH_KEYS, row)
    _take_turn(row)
    fetched = fetch_keys(row.jwks_uri)
    with transaction.atomic():
        held = Client.objects.select_for_update(of=("self",)).get(pk=client)
        if held.jwks_uri == row.jwks_uri:
            keep_keys(held, fetched)
    return fetched.fault


def refresh_due_keys(*, actor: Actor) -> int:
    """Fetch anew what is older than half a day; answers how many were tried."""
    before = clock.now() - KEYS_OLD
    due = ClientKeys.objects.filter(tried_at__lt=before, client__state=ACTIVE)
    tried = 0
    for client in list(due.order_by("tried_at").values_list("client_id", flat=True)[:_AT_ONCE]):
        try:
            refresh_keys(actor=actor, client=client)
        except (KeysPaused, NoSuchClient):
            continue  # Somebody else was faster, or it was closed meanwhile.
        tried += 1
    return tried


def _take_turn(row: Client) -> None:
    """Of two who ask at once one fetches."""
    now = clock.now()
    with transaction.atomic():
        ClientKeys.objects.get_or_create(client=row, defaults={"tried_at": now - KEYS_OLD})
        rows = ClientKeys.objects.filter(client=row, tried_at__lte=now - KEYS_PAUSE)
        if not rows.update(tried_at=now):
            raise KeysPaused()
