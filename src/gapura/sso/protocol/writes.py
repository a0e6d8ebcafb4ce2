"""What a decision writes: records, and conditions that only the database can hold.

All writes of one decision are applied in their order in one transaction. A write that says "once"
and touches no row means that somebody was first: then nothing of the decision is written; for
`Once` the answer is `decisions.replayed(once)`, for any other the facts are read again and decided
again.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from gapura.sso.protocol.records import Authorization, Code, Pushed, Refresh


@dataclass(frozen=True, slots=True)
class Handle:
    """An opaque token as it is found: the partition told by its text, and its SHA-256.

    `bucket` is the day (codes, pushed requests) or the first day of the month (refresh tokens), in
    UTC, in which it expires. A forged bucket finds nothing, as the digest is over the whole text.
    """

    bucket: date
    digest: bytes


@dataclass(frozen=True, slots=True)
class Once:
    """A proof that may be shown once: insert, do nothing on conflict; no row is a replay.

    `kind` is `assertion` (RFC 7523 jti, with its client in the digest) or `dpop` (RFC 9449 jti with
    its key). The row is of no use after `expires_at`.
    """

    kind: str
    digest: bytes
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewAuthorization:
    """A person allowed a client something; written before the code that rests on it."""

    authorization: Authorization
    jkt: str = ""


@dataclass(frozen=True, slots=True)
class NewCode:
    """A code is kept, by its digest; `code.authorization` exists already or stands before it."""

    code: Code


@dataclass(frozen=True, slots=True)
class NewRefresh:
    """A refresh token is kept, by its digest."""

    refresh: Refresh


@dataclass(frozen=True, slots=True)
class NewPushed:
    """A pushed request is kept, by its digest."""

    pushed: Pushed


@dataclass(frozen=True, slots=True)
class Used:
    """A code (`kind` code) or pushed request (pushed) was used at `at`: once, `used_at` is null."""

    kind: str
    handle: Handle
    at: datetime


@dataclass(frozen=True, slots=True)
class Replaced:
    """A refresh token was rotated at `at` into `successor`: once, `replaced_at` is null."""

    handle: Handle
    successor: Handle
    at: datetime


@dataclass(frozen=True, slots=True)
class Ended:
    """An authorization ends, and so all that rests on it; one that ended before stays as it is.

    `reason` is `code_replayed`, `refresh_replayed`, `revoked`, or the shell's own.
    """

    authorization: UUID
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RevokedJti:
    """One access token is revoked before its time (RFC 7009); do nothing on conflict."""

    jti: str
    expires_at: datetime


Write = (
    Once
    | NewAuthorization
    | NewCode
    | NewRefresh
    | NewPushed
    | Used
    | Replaced
    | Ended
    | RevokedJti
)
