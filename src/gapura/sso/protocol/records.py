"""What the protocol knows: clients, what they were allowed, tokens; filled from rows by a shell."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID


class Profile(StrEnum):
    """How strict a client is held: `fapi2` can do nothing weaker (FAPI 2.0 Security Profile)."""

    STANDARD = "standard"
    FAPI2 = "fapi2"


class AuthMethod(StrEnum):
    """How a client proves itself at the endpoints (OpenID Connect Core 9)."""

    NONE = "none"
    BASIC = "client_secret_basic"
    POST = "client_secret_post"
    PRIVATE_KEY_JWT = "private_key_jwt"


class GrantType(StrEnum):
    """What a client may bring to the token endpoint."""

    CODE = "authorization_code"
    REFRESH = "refresh_token"
    CLIENT = "client_credentials"


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret of a client: the SHA-256 of it, and when it stops working."""

    digest: bytes
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """A registered application with its contract.

    `jwks` is its registered key set as JSON. `claims` and `scopes` are what its contract lets it
    see, `roles` the role codes it is told of (empty: all that the person holds), `agencies` the
    agency codes it is told of (empty: all). `audiences` are the resource servers it may ask tokens
    for (RFC 8707). `resource` is its own name as a resource server: it may introspect tokens for
    it. `sector` is the host that pairwise subjects are derived for. `agency` is the code of the
    agency that owns it, which reads what the log tells of it; empty for the platform.
    """

    id: UUID
    client_id: str
    name: str
    active: bool = True
    sandbox: bool = False
    profile: Profile = Profile.STANDARD
    auth_method: AuthMethod = AuthMethod.BASIC
    secrets: tuple[Secret, ...] = ()
    jwks: Mapping[str, Any] = field(default_factory=dict)
    redirect_uris: tuple[str, ...] = ()
    post_logout_redirect_uris: tuple[str, ...] = ()
    grant_types: frozenset[GrantType] = frozenset({GrantType.CODE})
    scopes: frozenset[str] = frozenset({"openid"})
    claims: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    agencies: frozenset[str] = frozenset()
    audiences: tuple[str, ...] = ()
    resource: str = ""
    id_token_alg: str = "ES256"  # noqa: S105 - the name of an algorithm
    pairwise: bool = True
    sector: str = ""
    needs_pkce: bool = True
    needs_par: bool = False
    needs_dpop: bool = False
    native: bool = False
    least_acr: int = 1
    default_max_age: int | None = None
    backchannel_logout_uri: str = ""
    backchannel_needs_sid: bool = False
    asks_consent: bool = True
    agency: str = ""

    @property
    def public(self) -> bool:
        """It cannot keep a secret and proves itself by PKCE and DPoP alone."""
        return self.auth_method is AuthMethod.NONE


@dataclass(frozen=True, slots=True)
class Authorization:
    """What one person allowed one client in one session; codes and tokens rest on it.

    `works` is decided by the shell when it reads the row, from everything below: not ended, the
    person may sign in, the session lives (or `offline` and nobody ended it on purpose). `sid` is
    what the client knows the session by. `claims` is the `claims` parameter as it was asked.
    `stopped` is the shell's word for what keeps it from working, for the log alone.
    """

    id: UUID
    client: UUID
    person: UUID
    session: UUID
    sid: str
    subject: str
    scopes: frozenset[str]
    acr: int
    methods: tuple[str, ...]
    signed_in_at: datetime
    claims: Mapping[str, Any] = field(default_factory=dict)
    resources: tuple[str, ...] = ()
    offline: bool = False
    works: bool = True
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Code:
    """An authorization code as it was issued (RFC 6749 4.1.2); found by the SHA-256 of its text."""

    digest: bytes
    authorization: Authorization
    redirect_uri: str
    nonce: str
    challenge: str
    jkt: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Refresh:
    """A refresh token; `replaced_at` is set once it was rotated, `jkt` binds it to a DPoP key.

    `family_started_at` is when the first of its line was issued: the line ends
    `FAMILY_LIFE` after that whatever is refreshed.
    """

    digest: bytes
    authorization: Authorization
    scopes: frozenset[str]
    jkt: str
    issued_at: datetime
    expires_at: datetime
    family_started_at: datetime
    replaced_at: datetime | None = None
    successor: bytes | None = None


@dataclass(frozen=True, slots=True)
class Pushed:
    """A pushed authorization request (RFC 9126), found by the SHA-256 of its handle."""

    digest: bytes
    client: UUID
    parameters: Mapping[str, str]
    jkt: str
    expires_at: datetime
    used_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as clients may be told of them; what is not allowed is left out later.

    `grants` are those that work now, each as the `gapura_grants` claim shows it: `role`, `agency`,
    `unit`, `company`, `valid_until`, `letter`, `standing`. `proof` is the level of identity proof.
    """

    person: UUID
    username: str
    name: str
    email: str
    email_verified: bool
    language: str
    state: str
    proof: str
    updated_at: datetime
    phone: str = ""
    phone_verified: bool = False
    grants: tuple[Mapping[str, Any], ...] = ()


# Lives of what is issued. Security, not law: constants, each with its source.
CODE_LIFE = timedelta(seconds=60)  # FAPI 2.0 5.3.2.1: at most 60 s
PUSHED_LIFE = timedelta(seconds=90)  # FAPI 2.0 5.3.2.2: below 600 s
ACCESS_LIFE = timedelta(minutes=5)  # JWT tokens live at most five minutes
ID_TOKEN_LIFE = timedelta(minutes=5)
REFRESH_LIFE = timedelta(days=30)
FAMILY_LIFE = timedelta(days=90)  # ASVS 5.0 V10.4.8: an absolute end
RETRY_GRACE = timedelta(seconds=10)  # a lost answer may be asked for again
PROOF_LIFE = timedelta(seconds=60)  # DPoP proofs and client assertions by their iat
ASSERTION_LIFE = timedelta(minutes=5)
CLOCK_SKEW = timedelta(seconds=10)
