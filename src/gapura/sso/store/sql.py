"""The one statement for all that requests want to know, made of the parts that they want."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from gapura.authentication.queries import STANDING, STANDING_JOINS
from gapura.sso.store.clients import document_of, version_of

Parts = tuple[str, ...]

# Why an authorization does not work, empty when it does. Nothing of this is kept in it: a client
# that is suspended, a consent that is taken back or a session that ends is seen at the next use.
WORKS: Final = f"""
    CASE
    WHEN a.id IS NULL THEN 'gone'
    WHEN a.ended_at IS NOT NULL THEN 'ended'
    WHEN NOT EXISTS (SELECT FROM sso_client l
                      WHERE l.id = a.client_id AND l.state = 'active') THEN 'client'
    WHEN a.created_at <= %(oldest)s THEN 'too_old'
    WHEN EXISTS (SELECT FROM sso_consent n
                  WHERE n.person_id = a.person_id AND n.client_id = a.client_id
                    AND n.withdrawn_at >= a.created_at) THEN 'consent'
    ELSE ({STANDING}) END
"""  # noqa: S608 - constants only
AUTHORIZATION: Final = """
    a.id, a.client_id, a.person_id, a.session, a.sid, a.subject, a.scopes, a.acr, a.methods,
    a.signed_in_at, a.claims, a.resources, a.offline
"""
_REFRESH: Final = """
    {0}.digest, {0}.scopes, {0}.jkt, {0}.issued_at, {0}.expires_at, {0}.family_started_at,
    {0}.replaced_at, {0}.successor
"""
_CLIENT_JOIN: Final = """
    LEFT JOIN LATERAL (
        SELECT {version} AS told,
               CASE WHEN {version} IS DISTINCT FROM q.{column}_known THEN {document} END AS document
          FROM sso_client c WHERE c.client_id = q.{column}) {column}_row ON true
"""


def _client(column: str) -> str:
    return _CLIENT_JOIN.format(version=version_of("c"), document=document_of("c"), column=column)


# By part: the arrays that are sent with it, each with its type.
ARRAYS: Final[Mapping[str, Mapping[str, str]]] = {
    "client": {"client": "text", "client_known": "text"},
    "issued_to": {"issued_to": "text", "issued_to_known": "text"},
    "code": {"code_bucket": "date", "code": "bytea"},
    "refresh": {"refresh_bucket": "date", "refresh": "bytea"},
    "pushed": {"pushed_bucket": "date", "pushed": "bytea"},
    "token": {"aid": "uuid", "jti_bucket": "date", "jti": "bytea"},
}
# By part: how many columns it answers, which ones, and where they come from.
COLUMNS: Final[Mapping[str, tuple[int, str, str]]] = {
    "client": (2, "client_row.told, client_row.document", _client("client")),
    "issued_to": (2, "issued_to_row.told, issued_to_row.document", _client("issued_to")),
    "code": (
        6,
        "o.redirect_uri, o.nonce, o.challenge, o.jkt, o.expires_at, o.used_at",
        "LEFT JOIN sso_code o ON o.bucket = q.code_bucket AND o.digest = q.code",
    ),
    "refresh": (
        16,
        _REFRESH.format("r") + "," + _REFRESH.format("f"),
        """LEFT JOIN sso_refresh r ON r.bucket = q.refresh_bucket AND r.digest = q.refresh
           LEFT JOIN sso_refresh f ON f.bucket = r.successor_bucket AND f.digest = r.successor""",
    ),
    "pushed": (
        5,
        "u.client, u.parameters, u.jkt, u.expires_at, u.used_at",
        "LEFT JOIN sso_pushed u ON u.bucket = q.pushed_bucket AND u.digest = q.pushed",
    ),
    "token": (
        1,
        "v.digest IS NOT NULL",
        "LEFT JOIN sso_revoked v ON v.bucket = q.jti_bucket AND v.digest = q.jti",
    ),
}
# By part: the authorization that it rests on.
RESTS: Final[Mapping[str, str]] = {
    "code": 'o."authorization"',
    "refresh": 'r."authorization"',
    "token": "q.aid",
}


@cache
def statement(parts: Parts) -> str:
    """The SQL for these parts, `authorization` last where there is one; one row for each request.

    Named parameters: the arrays of `ARRAYS`, `oldest` and those of `standing_params`.
    """
    arrays = [(name, kind) for part in parts for name, kind in ARRAYS[part].items()]
    sent = ", ".join(f"%({name})s::{kind}[]" for name, kind in arrays)
    names = ", ".join(name for name, _ in arrays)
    columns = [COLUMNS[part][1] for part in parts]
    joins = [COLUMNS[part][2] for part in parts]
    if rests := [RESTS[part] for part in parts if part in RESTS]:
        columns.append(f"{AUTHORIZATION}, {WORKS}")
        joins.append(f"LEFT JOIN sso_authorization a ON a.id = coalesce({', '.join(rests)})")
        joins.append(STANDING_JOINS)
    return f"""
        SELECT {", ".join(columns)}
          FROM unnest({sent}) WITH ORDINALITY AS q ({names}, nth) {" ".join(joins)} ORDER BY q.nth
    """  # noqa: S608 - constants only
