"""Clients as the doors know them: sent by the database only when they changed since."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gapura.sso.protocol.records import AuthMethod, Client, GrantType, Profile, Secret

# What a worker remembers at most; a client more costs one longer answer.
_MOST: Final = 4096
_SETS: Final = ("scopes", "claims", "roles", "agencies")
_TUPLES: Final = ("redirect_uris", "post_logout_redirect_uris", "audiences")
_AS_THEY_ARE: Final = (
    "client_id",
    "name",
    "agency",
    "sandbox",
    "resource",
    "id_token_alg",
    "pairwise",
    "sector",
    "needs_pkce",
    "needs_par",
    "needs_dpop",
    "native",
    "least_acr",
    "default_max_age",
    "backchannel_logout_uri",
    "backchannel_needs_sid",
    "asks_consent",
)


def version_of(row: str) -> str:
    """SQL of what changes whenever a client, its secrets or its keys do; `row` is its alias."""
    return f"({row}.id::text || '.' || {row}.version)"


def document_of(row: str) -> str:
    """SQL of a client as JSON text; `row` is the alias of the client's row."""
    return f"""
        (to_jsonb({row}) || jsonb_build_object(
            'secrets', (SELECT jsonb_agg(
                           jsonb_build_array(encode(x.digest, 'hex'), x.ends_at) ORDER BY x.made_at)
                          FROM sso_client_secret x
                         WHERE x.client_id = {row}.id
                           AND (x.ends_at IS NULL OR x.ends_at > now() - interval '1 day')),
            'fetched', (SELECT y.jwks FROM sso_client_keys y
                         WHERE y.client_id = {row}.id AND y.fetched_at IS NOT NULL)))::text
    """  # noqa: S608 - constants only


def client_of(document: str) -> Client:
    """The client of such a text."""
    row: dict[str, Any] = json.loads(document)
    plain: dict[str, Any] = {name: row[name] for name in _AS_THEY_ARE}
    plain |= {name: frozenset(row[name]) for name in _SETS}
    plain |= {name: tuple(row[name]) for name in _TUPLES}
    return Client(
        id=UUID(row["id"]),
        active=row["state"] == "active",
        profile=Profile(row["profile"]),
        auth_method=AuthMethod(row["auth_method"]),
        grant_types=frozenset(map(GrantType, row["grant_types"])),
        secrets=tuple(_secret(*pair) for pair in row["secrets"] or ()),
        jwks=_keys(row),
        **plain,
    )


def _secret(digest: str, ends_at: str | None) -> Secret:
    return Secret(bytes.fromhex(digest), datetime.fromisoformat(ends_at) if ends_at else None)


def _keys(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """With an address of its own the keys are those that were found there, or none."""
    found: Mapping[str, Any] | None = row["fetched"] if row["jwks_uri"] else row["jwks"]
    return found or {}


# Which of these clients, each with the version that is remembered, are not so any more.
CHANGED: Final = f"""
    SELECT q.client, q.version FROM unnest(%b::text[], %b::text[]) AS q (client, version)
     WHERE NOT EXISTS (SELECT FROM sso_client c
                        WHERE c.client_id = q.client AND {version_of("c")} = q.version)
"""  # noqa: S608 - constants only


class KnownClients:
    """What one worker remembers of clients, each under its `client_id` with the version it saw.

    Every statement compares the version, so nobody uses what has changed: not a secret that ended,
    not a client that was suspended.
    """

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, Client]] = {}

    def get(self, client_id: str) -> tuple[str, Client] | None:
        """The version that is known, and the client as of it."""
        return self._known.get(client_id)

    def keep(self, client_id: str, version: str, client: Client) -> None:
        """Remember what was just read."""
        if client_id not in self._known and len(self._known) >= _MOST:
            self._known.pop(next(iter(self._known)))
        self._known[client_id] = version, client
