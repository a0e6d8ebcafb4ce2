"""What this server says of itself: OpenID Connect Discovery 3 and RFC 8414, the same bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gapura.sso.protocol.encoding import to_json
from gapura.sso.protocol.jwk import CLIENT_ALGORITHMS, OUR_ALGORITHMS
from gapura.sso.protocol.pkce import METHOD
from gapura.sso.protocol.records import AuthMethod, GrantType

OPENID_PATH = "/.well-known/openid-configuration"
OAUTH_PATH = "/.well-known/oauth-authorization-server"
PROMPTS = ("none", "login", "consent", "select_account")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Every address of the provider, from the configured issuer alone: never the Host header."""

    issuer: str

    def _at(self, path: str) -> str:
        return f"{self.issuer.rstrip('/')}/oauth2/{path}"

    @property
    def authorize(self) -> str:
        """The page a browser is sent to."""
        return self._at("authorize")

    @property
    def par(self) -> str:
        """RFC 9126."""
        return self._at("par")

    @property
    def token(self) -> str:
        """RFC 6749 3.2."""
        return self._at("token")

    @property
    def introspect(self) -> str:
        """RFC 7662."""
        return self._at("introspect")

    @property
    def revoke(self) -> str:
        """RFC 7009."""
        return self._at("revoke")

    @property
    def userinfo(self) -> str:
        """OpenID Connect Core 5.3."""
        return self._at("userinfo")

    @property
    def jwks(self) -> str:
        """RFC 7517 5."""
        return self._at("jwks")

    @property
    def logout(self) -> str:
        """OpenID Connect RP-Initiated Logout."""
        return self._at("logout")

    @property
    def register(self) -> str:
        """RFC 7591."""
        return self._at("register")

    def registered(self, client_id: str) -> str:
        """RFC 7592: where a dynamically registered client manages itself."""
        return f"{self.register}/{client_id}"


def discovery(
    issuer: str,
    *,
    scopes: Sequence[str],
    claims: Sequence[str],
    acrs: Sequence[str],
    registration: bool = True,
    documentation: str = "",
) -> bytes:
    """The document of both well-known paths; `acrs` are the values of `acr`, weakest first."""
    at = Addresses(issuer)
    document = {
        "issuer": issuer,
        **_endpoints(at, registration=registration),
        "scopes_supported": list(scopes),
        "claims_supported": list(claims),
        "acr_values_supported": list(acrs),
        **_abilities(),
        **_authentication(),
    }
    if documentation:
        document["service_documentation"] = documentation
    return to_json(document)


def _endpoints(at: Addresses, *, registration: bool) -> dict[str, str]:
    found = {
        "authorization_endpoint": at.authorize,
        "pushed_authorization_request_endpoint": at.par,
        "token_endpoint": at.token,
        "introspection_endpoint": at.introspect,
        "revocation_endpoint": at.revoke,
        "userinfo_endpoint": at.userinfo,
        "jwks_uri": at.jwks,
        "end_session_endpoint": at.logout,
    }
    return found | {"registration_endpoint": at.register} if registration else found


def _abilities() -> dict[str, Any]:
    return {
        "response_types_supported": ["code"],
        "response_modes_supported": ["query", "form_post"],
        "grant_types_supported": [grant.value for grant in GrantType],
        "subject_types_supported": ["pairwise", "public"],
        "id_token_signing_alg_values_supported": list(OUR_ALGORITHMS),
        "code_challenge_methods_supported": [METHOD],
        "dpop_signing_alg_values_supported": list(CLIENT_ALGORITHMS),
        "prompt_values_supported": list(PROMPTS),
        "ui_locales_supported": ["id", "en"],
        "claim_types_supported": ["normal"],
        "claims_parameter_supported": True,
        # Left out, these would mean yes (Discovery 3) or be guessed at.
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "require_pushed_authorization_requests": False,
        "authorization_response_iss_parameter_supported": True,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
    }


def _authentication() -> dict[str, list[str]]:
    """A client without a secret may come for tokens and end them, but never introspect."""
    proven = [method.value for method in AuthMethod if method is not AuthMethod.NONE]
    found: dict[str, list[str]] = {}
    for endpoint, methods in (
        ("token", [*proven, AuthMethod.NONE.value]),
        ("revocation", [*proven, AuthMethod.NONE.value]),
        ("introspection", proven),
    ):
        found[f"{endpoint}_endpoint_auth_methods_supported"] = methods
        found[f"{endpoint}_endpoint_auth_signing_alg_values_supported"] = list(CLIENT_ALGORITHMS)
    return found
