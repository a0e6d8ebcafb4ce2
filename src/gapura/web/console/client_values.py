"""What the form of an application holds before anybody types."""

import json
from collections.abc import Mapping
from typing import Any

from gapura.sso.queries import ClientView, Contract

_NATIVE = "native"

USUAL: Mapping[str, Any] = {
    "profile": "standard",
    "grant_types": ["authorization_code", "refresh_token"],
    "token_endpoint_auth_method": "client_secret_basic",
    "scope": ["openid", "profile"],
    "least_acr": "1",
    "asks_consent": True,
    "id_token_signed_response_alg": "ES256",
}


def as_it_is(view: ClientView) -> dict[str, Any]:
    """The values of the form for an application as it is registered now."""
    return _registered(view.metadata) | _agreed(view.contract)


def _registered(told: Mapping[str, Any]) -> dict[str, Any]:
    jwks = told.get("jwks")
    as_told = (
        "client_name",
        "grant_types",
        "token_endpoint_auth_method",
        "id_token_signed_response_alg",
    )
    lines = ("contacts", "redirect_uris", "post_logout_redirect_uris")
    return {
        **{name: told[name] for name in as_told},
        **{name: "\n".join(told[name]) for name in lines},
        "native": told["application_type"] == _NATIVE,
        "backchannel_logout_uri": told.get("backchannel_logout_uri", ""),
        "jwks": json.dumps(jwks, indent=1) if jwks else "",
        "jwks_uri": told.get("jwks_uri", ""),
        "scope": told["scope"].split(),
        "needs_par": told["require_pushed_authorization_requests"],
        "needs_dpop": told["dpop_bound_access_tokens"],
    }


def _agreed(agreed: Contract) -> dict[str, Any]:
    return {
        "agency": agreed.agency,
        "letter_number": agreed.letter_number,
        "letter_date": agreed.letter_date,
        "sandbox": agreed.sandbox,
        "profile": agreed.profile.value,
        "no_pkce": not agreed.needs_pkce,
        "claims": list(agreed.claims),
        "roles": list(agreed.roles),
        "agencies": " ".join(agreed.agencies),
        "least_acr": str(agreed.least_acr),
        "asks_consent": agreed.asks_consent,
        "resource": agreed.resource,
        "audiences": "\n".join(agreed.audiences),
    }
