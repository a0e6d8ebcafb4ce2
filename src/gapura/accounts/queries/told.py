"""People as other applications may be told of them, many at once; for doors and for pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from gapura.kernel.encryption import open_sealed

# How the identity was proven: somebody compared a document, the registry matched, or a verifier of
# the agency answers for it. Nothing while it is not verified.
_TOLD: Final = """
    SELECT p.id, p.username, p.name, p.email, p.email_verified_at IS NOT NULL, p.language, p.state,
           CASE WHEN p.state <> 'verified' THEN ''
                WHEN EXISTS (SELECT FROM accounts_identityproof f
                              WHERE f.person_id = p.id AND f.superseded_at IS NULL
                                AND f.source = 'document' AND f.outcome = 'matches') THEN 'document'
                WHEN EXISTS (SELECT FROM accounts_identityproof f
                              WHERE f.person_id = p.id AND f.superseded_at IS NULL
                                AND f.source = 'registry' AND f.outcome = 'matches') THEN 'registry'
                ELSE 'verifier' END,
           greatest(p.created_at, p.email_verified_at, p.phone_verified_at, p.verified_at,
                    p.profile_confirmed_at),
           CASE WHEN p.phone_verified_at IS NOT NULL THEN p.phone END
      FROM accounts_person p WHERE p.id = ANY(%b::uuid[])
"""
_PHONE: Final = "accounts_person.phone"


@dataclass(frozen=True, slots=True)
class ToldPerson:
    """A person; `proof` is document, registry, verifier or empty, `phone` is a confirmed one."""

    id: UUID
    username: str
    name: str
    email: str
    email_verified: bool
    language: str
    state: str
    proof: str
    updated_at: datetime
    phone: str = ""


def told_statement(people: Sequence[UUID]) -> tuple[str, list[Any]]:
    """SQL and parameters that find these people; rights are the caller's."""
    return _TOLD, [list(people)]


def told_read(rows: Sequence[Sequence[Any]]) -> dict[UUID, ToldPerson]:
    """What the statement found, by id."""
    found = {}
    for *row, phone in rows:
        opened = open_sealed(phone, _PHONE).decode() if phone is not None else ""
        found[row[0]] = ToldPerson(*[*row, opened])
    return found
