"""Fingerprints of clients' contracts and of keys, by which tables are held against the log."""

from typing import Any
from uuid import UUID

from django.db import connection

# All that decides what a client may, where people are sent and what they are told of it.
_CONTRACT = """
    jsonb_build_array(
        client_id, name, agency, sandbox, native, profile, auth_method, redirect_uris,
        post_logout_redirect_uris, grant_types, scopes, claims, roles, agencies, audiences,
        resource, id_token_alg, pairwise, sector, needs_pkce, needs_par, needs_dpop, asks_consent,
        least_acr, default_max_age, backchannel_logout_uri, backchannel_needs_sid, jwks, jwks_uri,
        logo_uri, logo_id, about, encode(registration, 'hex'))::text
"""
_MARK = f"encode(sha256(convert_to({_CONTRACT}, 'UTF8')), 'hex')"
CONTRACTS = f"""
    SELECT id::text, state, {_MARK} FROM sso_client ORDER BY id
"""  # noqa: S608 - constants only
_OF_ONE = f"SELECT {_MARK} FROM sso_client WHERE id = %s"  # noqa: S608 - constants only

_KEY_MARK = "encode(sha256(convert_to(public::text, 'UTF8')), 'hex')"
KEYS = f"""
    SELECT id::text, state, kid, alg, {_KEY_MARK} FROM sso_signing_key ORDER BY id
"""  # noqa: S608 - constants only
_OF_ONE_KEY = f"SELECT {_KEY_MARK} FROM sso_signing_key WHERE id = %s"  # noqa: S608 - as above


def key_mark(key: UUID) -> str:
    """The fingerprint (hex) of a key's published half."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ONE_KEY, [key])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def contract_mark(client: UUID) -> str:
    """The fingerprint (hex) of a client's contract as it stands now; empty for none."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ONE, [client])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def change_of(client: UUID, was: str) -> dict[str, Any]:
    """The two facts of an entry that tells of a change; `was` is the fingerprint before it."""
    return {"contract_was": was, "contract": contract_mark(client)}
