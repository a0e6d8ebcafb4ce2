"""What an endpoint wants looked up, what it gets, and what it decides: reply, writes, log entry.

The shell of every endpoint does the same: parse, `wants`, read, prove the client, `decide`, write,
answer. `wants` and `decide` are pure; whatever must happen exactly once is a write that carries its
own condition, and only the database says whether it was first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Authorization, Client, Code, Pushed, Refresh, Subject
from gapura.sso.protocol.writes import (
    Ended,
    Handle,
    NewAuthorization,
    NewCode,
    NewPushed,
    NewRefresh,
    Once,
    Replaced,
    RevokedJti,
    Used,
    Write,
)

if TYPE_CHECKING:
    from gapura.sso.protocol.parameters import Parameters

__all__ = [
    "NO_STORE",
    "Call",
    "Decision",
    "Ended",
    "Facts",
    "Fresh",
    "Handle",
    "Needs",
    "NewAuthorization",
    "NewCode",
    "NewPushed",
    "NewRefresh",
    "Once",
    "Replaced",
    "RevokedJti",
    "Told",
    "Used",
    "Write",
    "refused",
    "replayed",
    "wants_subject",
]

NO_STORE = (("Cache-Control", "no-store"), ("Pragma", "no-cache"))  # RFC 6749 5.1


class Fresh(Protocol):
    """Where random signs come from: the operating system, or a counter in tests."""

    def signs(self, count: int) -> str:
        """So many random signs of base62; 43 hold 256 bits."""

    def id(self) -> UUID:
        """A new row's id."""


# --- what is looked up ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Needs:
    """What an endpoint wants read before it decides; empty members need no statement.

    `client` is the `client_id` of who speaks, `issued_to` that of the client a presented access
    token belongs to. `authorization` and `jti` are of that token. `subject` asks for the person of
    the authorization (whichever of code, refresh and authorization brings it), `id_token` only if
    its `claims` ask something of the ID Token (see `wants_subject`). `token` holds the claims of
    the presented access token, its signature already verified; nothing is read for it.
    """

    client: str = ""
    code: Handle | None = None
    refresh: Handle | None = None
    pushed: Handle | None = None
    issued_to: str = ""
    authorization: UUID | None = None
    jti: str = ""
    subject: bool = False
    id_token: bool = False
    token: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What was found; None where there is nothing or nothing was wanted.

    `successor` is what a replaced refresh token was replaced by: read it only when
    `refresh.replaced_at` is set. `revoked` is true when `jti` was revoked by itself.
    """

    client: Client | None = None
    code: Code | None = None
    refresh: Refresh | None = None
    successor: Refresh | None = None
    pushed: Pushed | None = None
    issued_to: Client | None = None
    authorization: Authorization | None = None
    subject: Subject | None = None
    revoked: bool = False

    @property
    def rests_on(self) -> Authorization | None:
        """The authorization that was found, by whichever way."""
        if self.code:
            return self.code.authorization
        if self.refresh:
            return self.refresh.authorization
        return self.authorization


def wants_subject(needs: Needs, found: Authorization | None) -> bool:
    """Whether the person has to be read for this authorization; a second, rare statement."""
    if found is None:
        return False
    return needs.subject or (needs.id_token and bool(found.claims.get("id_token")))


# --- what is decided ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the activity log that must be durable before the reply leaves.

    `name` is an event of `gapura.sso.events`; `facts` are all texts.
    """

    name: str
    client: UUID | None
    person: UUID | None = None
    session: UUID | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The reply and what has to be durable before it; `body` is JSON unless it is bytes."""

    status: int
    body: Mapping[str, Any] | bytes
    headers: tuple[tuple[str, str], ...] = NO_STORE
    writes: tuple[Write, ...] = ()
    event: Told | None = None
    problem: OAuthProblem | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A request of a proven client at an endpoint.

    `needs` is what `wants` answered, `jkt` the thumbprint of the DPoP proof's key ("" without a
    proof), `once` what the client's assertion and the DPoP proof may be shown but once; they are
    written with whatever is decided. `scheme` is how an access token was presented (userinfo).
    """

    parameters: "Parameters"
    client: Client
    needs: Needs
    jkt: str = ""
    once: tuple[Once, ...] = ()
    scheme: str = "Bearer"


def refused(
    problem: OAuthProblem, *, writes: tuple[Write, ...] = (), event: Told | None = None
) -> Decision:
    """The direct answer to a refusal (RFC 6749 5.2): never cached, never with the inner reason."""
    body = {"error": problem.error, "error_description": problem.description}
    return Decision(
        problem.status, body, (*NO_STORE, *problem.headers), writes, event, problem=problem
    )


def replayed(once: Once) -> OAuthProblem:
    """What is said when `Once` found a row: the proof was shown before."""
    if once.kind == "dpop":
        return OAuthProblem(  # RFC 9449 4.3 and 11.1
            "invalid_dpop_proof", "This DPoP proof was used before; make a new one", why="replay"
        )
    return OAuthProblem(  # RFC 7523 3
        "invalid_client", "This client assertion was used before; make a new one", 401, "replay"
    )
