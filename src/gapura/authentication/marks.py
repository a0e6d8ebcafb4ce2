"""The fingerprint of what a person signs in with, by which the tables are held against the log."""

from typing import Any
from uuid import UUID

from django.db import connection

# Of secrets only hashes of their sealed form: a key that was swapped or copied shows, nothing else.
_PARTS = """
    SELECT person_id, 'app:' || encode(sha256(secret), 'hex') AS part
      FROM authentication_totp WHERE confirmed_at IS NOT NULL
    UNION ALL
    SELECT person_id, 'key:' || encode(sha256(credential_id || public_key), 'hex')
      FROM authentication_passkey
"""
_TOGETHER = "encode(sha256(convert_to(string_agg(part, ',' ORDER BY part), 'UTF8')), 'hex')"
# Everybody with an account; empty where there is neither app nor passkey.
FACTORS = f"""
    SELECT p.id::text, coalesce(f.mark, '') FROM accounts_person p LEFT JOIN (
        SELECT person_id, {_TOGETHER} AS mark FROM ({_PARTS}) parts GROUP BY person_id
    ) f ON f.person_id = p.id ORDER BY p.id
"""  # noqa: S608 - constants only
_OF_ONE = f"""
    SELECT coalesce({_TOGETHER}, '') FROM ({_PARTS}) parts WHERE person_id = %s
"""  # noqa: S608 - constants only


def factors_mark(person: UUID) -> str:
    """The fingerprint (hex) of the app and the passkeys as they stand now; empty for neither."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ONE, [person])
        row = cursor.fetchone()
    return str(row[0]) if row else ""


def change_of(person: UUID, were: str) -> dict[str, Any]:
    """The two facts of an entry that tells of a change; `were` is the fingerprint before it."""
    return {"factors_were": were, "factors": factors_mark(person)}
