"""What a client may be registered with (RFC 7591 2, 7592): one set of rules for every way in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gapura.sso.protocol.jwk import parse_jwks
from gapura.sso.protocol.members import MEMBERS, Flaw, member_flaws
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import AuthMethod, GrantType, Profile
from gapura.sso.protocol.redirects import Terms, owned_host

_Metadata = Mapping[str, Any]
_REDIRECTS = ("redirect_uris", "post_logout_redirect_uris")
# RFC 7592 2.2: what the server said of the client, and is not the client's to say.
_OURS = (
    "registration_access_token",
    "registration_client_uri",
    "client_secret_expires_at",
    "client_id_issued_at",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """Who registers, and what they may have.

    `dynamic` is RFC 7591 itself, with the defaults of OpenID Connect Registration 2. `plain_http`
    says that this server itself is reached by plain http (the demo). `scopes` are all that may be
    asked for.
    """

    scopes: frozenset[str]
    profile: Profile = Profile.STANDARD
    dynamic: bool = False
    sandbox: bool = False
    plain_http: bool = False
    needs_pkce: bool = True

    @property
    def strict(self) -> bool:
        """FAPI 2.0: can do nothing weaker."""
        return self.profile is Profile.FAPI2

    def terms(self, metadata: _Metadata) -> Terms:
        """Which addresses it may have."""
        return Terms(
            native=metadata.get("application_type") == "native",
            loopback=self.sandbox or self.plain_http,
            https_only=self.strict,
        )


def flaws(metadata: _Metadata, rules: Rules) -> tuple[Flaw, ...]:
    """All that is wrong, in the order of the members' table; empty when it may be registered.

    Whether members fit each other is only asked when each is well by itself.
    """
    found = member_flaws(metadata, rules.terms(metadata))
    if found:
        return found
    whole = _with_defaults(metadata, rules)
    return tuple(flaw for check in _TOGETHER for flaw in check(whole, rules))


def validated(metadata: _Metadata, rules: Rules) -> dict[str, Any]:
    """What is registered: known members alone, with their defaults filled in.

    :raises OAuthProblem: `invalid_redirect_uri` or `invalid_client_metadata` (RFC 7591 3.2.2).
    """
    for flaw in flaws(metadata, rules):
        kind = "redirect_uri" if flaw.member in _REDIRECTS else "client_metadata"
        raise OAuthProblem(f"invalid_{kind}", flaw.description, why=f"{flaw.member}:{flaw.why}")
    return _with_defaults(metadata, rules)


def updated(metadata: _Metadata, client_id: str, rules: Rules) -> dict[str, Any]:
    """The same for an update (RFC 7592 2.2), which names its client and none of what we gave it.

    Whether a `client_secret` in it is the client's own is left to the caller.

    :raises OAuthProblem: as above.
    """
    if metadata.get("client_id") != client_id:
        raise _invalid("client_id must be that of the registration", "client_id:other")
    for member in _OURS:
        if member in metadata:
            raise _invalid(f"{member} must not be sent", f"{member}:ours")
    return validated(metadata, rules)


def _invalid(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_client_metadata", description, why=why)


def _with_defaults(metadata: _Metadata, rules: Rules) -> dict[str, Any]:
    """OpenID Connect Registration 2, RFC 7591 2; ours where the client is made by hand."""
    given = {name: metadata[name] for name in MEMBERS if metadata.get(name) is not None}
    grants = list(given.get("grant_types", [GrantType.CODE.value]))
    by_code = GrantType.CODE.value in grants
    method = AuthMethod.PRIVATE_KEY_JWT if rules.strict else AuthMethod.BASIC
    lax = rules.dynamic and not rules.strict
    whole: dict[str, Any] = {
        "client_name": "",
        "application_type": "web",
        "redirect_uris": [],
        "token_endpoint_auth_method": method.value,
        "response_types": ["code"] if by_code else [],
        "scope": " ".join(sorted(rules.scopes)) if by_code else "",
        "subject_type": "pairwise",
        "id_token_signed_response_alg": "RS256" if lax else "ES256",
        "require_auth_time": False,
        "post_logout_redirect_uris": [],
        "backchannel_logout_session_required": False,
        "require_pushed_authorization_requests": rules.strict,
        "dpop_bound_access_tokens": rules.strict,
    }
    whole |= given | {"grant_types": grants}
    if "jwks" in whole:
        whole["jwks"] = _public_keys(whole["jwks"])
    return whole


def _public_keys(jwks: _Metadata) -> dict[str, Any]:
    """The keys we can use, with the members we look at; what else came along is not kept."""
    return {"keys": [key.published() for key in parse_jwks(jwks)]}


def _check_grants(whole: _Metadata, rules: Rules) -> list[Flaw]:
    grants, found = set(whole["grant_types"]), []
    by_code = GrantType.CODE.value in grants
    if not grants:
        found.append(Flaw("grant_types", "missing", "grant_types must not be empty"))
    if GrantType.REFRESH.value in grants and not by_code:
        found.append(Flaw("grant_types", "refresh_alone", "refresh_token needs authorization_code"))
    if by_code != (whole["response_types"] == ["code"]):
        found.append(Flaw("response_types", "grants", "response_types does not fit grant_types"))
    if by_code and not whole["redirect_uris"]:
        found.append(Flaw("redirect_uris", "missing", "redirect_uris is required"))
    if not whole["client_name"] and not rules.dynamic:
        found.append(Flaw("client_name", "missing", "client_name is required"))
    return found


def _check_method(whole: _Metadata, rules: Rules) -> list[Flaw]:
    method, found = whole["token_endpoint_auth_method"], []
    member = "token_endpoint_auth_method"
    if method == AuthMethod.NONE.value and GrantType.CLIENT.value in whole["grant_types"]:
        found.append(Flaw(member, "public", "client_credentials needs a client that proves itself"))
    if method == AuthMethod.NONE.value and not rules.needs_pkce:
        found.append(Flaw(member, "public_pkce", "a client without a secret needs PKCE"))
    if method == AuthMethod.PRIVATE_KEY_JWT.value and not {"jwks", "jwks_uri"} & whole.keys():
        found.append(Flaw("jwks", "missing", "private_key_jwt needs jwks or jwks_uri"))
    if {"jwks", "jwks_uri"} <= whole.keys():  # RFC 7591 2
        found.append(Flaw("jwks_uri", "both", "jwks and jwks_uri must not both be sent"))
    return found


def _check_scope(whole: _Metadata, rules: Rules) -> list[Flaw]:
    scopes = whole["scope"].split(" ") if whole["scope"] else []
    unknown = sorted(set(scopes) - rules.scopes)
    if unknown:
        return [Flaw("scope", "unknown", "scope names what cannot be had")]
    return []


def _check_strict(whole: _Metadata, rules: Rules) -> list[Flaw]:
    """FAPI 2.0 Security Profile 5.3.2.1 and 5.4.1."""
    if not rules.strict:
        return []
    wanted = {
        "token_endpoint_auth_method": (AuthMethod.PRIVATE_KEY_JWT.value,),
        "id_token_signed_response_alg": ("ES256", "PS256"),
        "require_pushed_authorization_requests": (True,),
        "dpop_bound_access_tokens": (True,),
    }
    found = [
        Flaw(member, "fapi2", f"{member} is too weak for the profile fapi2")
        for member, values in wanted.items()
        if whole[member] not in values
    ]
    if not rules.needs_pkce:
        found.append(Flaw("profile", "fapi2", "the profile fapi2 needs PKCE"))
    return found


def _check_sector(whole: _Metadata, rules: Rules) -> list[Flaw]:
    """OpenID Connect Core 8.1: several hosts, one sector, and who says so."""
    if not rules.dynamic or whole["subject_type"] != "pairwise" or sector_of(whole):
        return []
    if not {owned_host(uri) for uri in whole["redirect_uris"]} - {""}:
        return []
    return [
        Flaw(
            "sector_identifier_uri",
            "missing",
            "sector_identifier_uri is required for redirect_uris of several hosts",
        )
    ]


_TOGETHER: tuple[Callable[[_Metadata, Rules], list[Flaw]], ...] = (
    _check_grants,
    _check_method,
    _check_scope,
    _check_strict,
    _check_sector,
)


def sector_of(metadata: _Metadata) -> str:
    """The host that pairwise subjects are derived for (OpenID Connect Core 8.1).

    "" if there is no single one: the client then is a sector by itself.
    """
    named = metadata.get("sector_identifier_uri")
    hosts = {owned_host(uri) for uri in ([named] if named else metadata.get("redirect_uris") or [])}
    return hosts.pop() if len(hosts) == 1 else ""


def told(
    metadata: _Metadata,
    *,
    client_id: str,
    issued_at: datetime,
    secret: str = "",
    secret_expires_at: datetime | None = None,
    registration_token: str = "",
    registration_uri: str = "",
) -> dict[str, Any]:
    """The answer to a registration (RFC 7591 3.2.1, RFC 7592 3). 0 stands for "never"."""
    answer = dict(metadata)
    answer |= {"client_id": client_id, "client_id_issued_at": int(issued_at.timestamp())}
    if secret:
        ends = int(secret_expires_at.timestamp()) if secret_expires_at else 0
        answer |= {"client_secret": secret, "client_secret_expires_at": ends}
    if registration_token:
        answer |= {
            "registration_access_token": registration_token,
            "registration_client_uri": registration_uri,
        }
    return answer
