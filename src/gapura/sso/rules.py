"""Bounds of looking after clients, and what a registration's members are called here; no I/O."""

import secrets
import string
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from gapura.kernel.texts import N_
from gapura.sso.protocol.records import AuthMethod, Profile
from gapura.sso.protocol.registration import sector_of

NAME_LEAST, NAME_MOST = 3, 80
REASON_LEAST, REASON_MOST = 10, 300
LETTER_MOST = 80
MOST_CONTACTS = 5
# How long a replaced secret still works, in days; 0 when it has leaked.
OVERLAPS = (0, 1, 7, 30)
USUAL_OVERLAP = 7
# A secret that ends within so many days without another one is told of in the list.
ENDING_DAYS = 30
TOKEN_DAYS_MOST, TOKEN_USES_MOST, TOKEN_NAME_MOST = 90, 50, 80
# The key set of a client is fetched again after this, and not more often than each minute.
KEYS_OLD = timedelta(hours=12)
KEYS_PAUSE = timedelta(minutes=1)
# So many messages of a client given up lately, and the list says so.
LATELY = timedelta(days=7)
# Pauses before a logout message is sent again; after the last it is given up. A day in all: then
# every session that an application kept for itself has ended by its own time.
LOGOUT_WAITS = tuple(
    timedelta(seconds=seconds) for seconds in (5, 30, 120, 600, 3600, 14400, 64800)
)

SECRET, INITIAL, REGISTRATION = "gps_", "gpi_", "gpm_"
_SIGNS = string.ascii_letters + string.digits
_BITS_256, _BITS_130 = 43, 22
_HINT = 8

# What an application that registers itself may ask for; roles, phones and the level of identity
# proof are agreed with its owner, in a letter.
DYNAMIC_SCOPES = frozenset({"openid", "profile", "email", "offline_access"})
WITH_SECRET = frozenset({AuthMethod.BASIC.value, AuthMethod.POST.value})
ABOUT = ("client_uri", "policy_uri", "tos_uri", "initiate_login_uri", "sector_identifier_uri")
ACRS = (1, 2, 3)

AUTH_METHODS = {
    AuthMethod.BASIC.value: N_("A secret, in the header (client_secret_basic)"),
    AuthMethod.POST.value: N_("A secret, in the form (client_secret_post)"),
    AuthMethod.PRIVATE_KEY_JWT.value: N_("A key of its own (private_key_jwt)"),
    AuthMethod.NONE.value: N_("Not at all: it runs where it cannot keep a secret"),
}
GRANT_TYPES = {
    "authorization_code": N_("People sign in (authorization_code)"),
    "refresh_token": N_("It renews its access (refresh_token)"),
    "client_credentials": N_("It acts in its own name (client_credentials)"),
}
PROFILES = {
    Profile.STANDARD.value: N_("Standard"),
    Profile.FAPI2.value: N_("Strict (FAPI 2.0)"),
}
WAYS = {
    "form": N_("By form"),
    "command": N_("By command"),
    "dynamic": N_("By itself"),
}


@dataclass(frozen=True, slots=True)
class Contract:
    """What the platform agreed with an application's owner, beside what it registers itself.

    `agency` is the code of the owner, empty for the platform. `claims`, `roles` and `agencies`
    narrow what it is told; empty means all that its scopes stand for. `letter_number` and
    `letter_date` name the letter of permission.
    """

    agency: str = ""
    sandbox: bool = False
    profile: Profile = Profile.STANDARD
    needs_pkce: bool = True
    claims: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    resource: str = ""
    least_acr: int = 1
    asks_consent: bool = True
    letter_number: str = ""
    letter_date: date | None = None

    def columns(self) -> dict[str, Any]:
        """The columns of the table."""
        return {
            "agency": self.agency,
            "sandbox": self.sandbox,
            "profile": self.profile.value,
            "needs_pkce": self.needs_pkce,
            "claims": sorted(set(self.claims)),
            "roles": sorted(set(self.roles)),
            "agencies": sorted(set(self.agencies)),
            "audiences": list(dict.fromkeys(self.audiences)),
            "resource": self.resource,
            "least_acr": self.least_acr,
            "asks_consent": self.asks_consent,
            "letter_number": self.letter_number,
            "letter_date": self.letter_date,
        }


def columns_of(told: Mapping[str, Any], contract: Contract) -> dict[str, Any]:
    """The columns of a registration that `protocol.registration.validated` has answered.

    `logo_uri` is dropped, as RFC 7591 section 2 allows: a picture of another server would tell it
    who looks at our consent page. A logo is handed in through the gate of the documents.
    """
    strict = contract.profile is Profile.FAPI2
    return {
        **contract.columns(),
        "name": told["client_name"],
        "redirect_uris": list(told.get("redirect_uris", ())),
        "post_logout_redirect_uris": list(told.get("post_logout_redirect_uris", ())),
        "grant_types": list(told.get("grant_types", ())),
        "scopes": sorted(str(told.get("scope", "")).split()),
        "auth_method": told["token_endpoint_auth_method"],
        "native": told.get("application_type") == "native",
        "id_token_alg": told["id_token_signed_response_alg"],
        "pairwise": told.get("subject_type", "pairwise") == "pairwise",
        "sector": sector_of(told),
        "needs_par": strict or bool(told.get("require_pushed_authorization_requests")),
        "needs_dpop": strict or bool(told.get("dpop_bound_access_tokens")),
        "default_max_age": told.get("default_max_age"),
        "backchannel_logout_uri": told.get("backchannel_logout_uri", ""),
        "backchannel_needs_sid": bool(told.get("backchannel_logout_session_required")),
        "jwks": dict(told.get("jwks") or {}),
        "jwks_uri": told.get("jwks_uri", ""),
        "contacts": list(told.get("contacts", ())),
        "about": {name: told[name] for name in ABOUT if told.get(name)},
    }


def metadata_of(row: Any) -> dict[str, Any]:
    """What a client was registered with, in the words of RFC 7591; the way back of `columns_of`."""
    told: dict[str, Any] = {
        "client_name": row.name,
        "redirect_uris": list(row.redirect_uris),
        "post_logout_redirect_uris": list(row.post_logout_redirect_uris),
        "grant_types": list(row.grant_types),
        "response_types": ["code"] if "authorization_code" in row.grant_types else [],
        "scope": " ".join(row.scopes),
        "token_endpoint_auth_method": row.auth_method,
        "application_type": "native" if row.native else "web",
        "id_token_signed_response_alg": row.id_token_alg,
        "subject_type": "pairwise" if row.pairwise else "public",
        "require_pushed_authorization_requests": row.needs_par,
        "dpop_bound_access_tokens": row.needs_dpop,
        "backchannel_logout_session_required": row.backchannel_needs_sid,
        "contacts": list(row.contacts),
        **row.about,
    }
    optional = {
        "default_max_age": row.default_max_age,
        "backchannel_logout_uri": row.backchannel_logout_uri or None,
        "jwks": row.jwks or None,
        "jwks_uri": row.jwks_uri or None,
    }
    return told | {name: value for name, value in optional.items() if value is not None}


def contract_of(row: Any) -> Contract:
    """The contract that a row holds."""
    return Contract(
        agency=row.agency,
        sandbox=row.sandbox,
        profile=Profile(row.profile),
        needs_pkce=row.needs_pkce,
        claims=tuple(row.claims),
        roles=tuple(row.roles),
        agencies=tuple(row.agencies),
        audiences=tuple(row.audiences),
        resource=row.resource,
        least_acr=row.least_acr,
        asks_consent=row.asks_consent,
        letter_number=row.letter_number,
        letter_date=row.letter_date,
    )


def new_text(prefix: str = "", signs: int = _BITS_256) -> str:
    """A random text of 256 bits that a scanner of repositories knows by its prefix."""
    return prefix + "".join(secrets.choice(_SIGNS) for _ in range(signs))


def new_client_id() -> str:
    """A name that nobody guesses and everybody may know (RFC 6749 2.2)."""
    return new_text(signs=_BITS_130)


def hint_of(text: str) -> str:
    """The first signs, by which people tell two secrets apart."""
    return text[:_HINT]
