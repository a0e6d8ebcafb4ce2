"""An authorization request: its members, each held against the client and its specification."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from gapura.sso.protocol import audiences, claims_asked, hints, pkce, redirects, scopes
from gapura.sso.protocol.decisions import Handle, Used
from gapura.sso.protocol.parameters import Parameters
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client, GrantType, Profile
from gapura.sso.protocol.returning import MODES, QUERY, Back, Returned
from gapura.sso.protocol.ring import Ring

_PROMPTS: Final = frozenset({"none", "login", "consent", "select_account"})
_THUMBPRINT: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_SHORT: Final[Mapping[str, int]] = {"nonce": 512, "login_hint": 200, "ui_locales": 200}
# What is neither kept of a request nor looked at: who sends it proves itself elsewhere.
_CREDENTIALS: Final = ("client_secret", "client_assertion", "client_assertion_type")
# The key and the place of a request that was kept; with what and when it is read.
_Kept = tuple[str, Handle | None]
_Known = tuple[Ring, str, datetime]


@dataclass(frozen=True, slots=True)
class Asked:
    """An authorization request that was found in order.

    `acr` is the level it needs, `wished` the one it would like; `hinted` is the subject it must be
    about, "" for anybody; `challenge` is S256. `parameters` is all of it, to be kept while the
    person signs in; `pushed` is where it was kept, and is used up with the code.
    """

    client: Client
    back: Back
    scopes: frozenset[str]
    nonce: str = ""
    challenge: str = ""
    prompts: frozenset[str] = frozenset()
    max_age: int | None = None
    login_hint: str = ""
    hinted: str = ""
    acr: int = 1
    wished: int = 1
    claims: Mapping[str, Any] = field(default_factory=dict)
    resources: tuple[str, ...] = ()
    jkt: str = ""
    ui_locales: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)
    pushed: Handle | None = None
    received_at: datetime | None = None

    @property
    def writes(self) -> tuple[Used, ...]:
        """A pushed request is used once (RFC 9126 4, 7.3)."""
        if self.pushed is None or self.received_at is None:
            return ()
        return (Used("pushed", self.pushed, self.received_at),)

    @property
    def consents(self) -> frozenset[str]:
        """What the person has to allow: the scopes, and those behind claims asked by name."""
        return scopes.consents(self.scopes, self.claims, self.client)


def checked(
    parameters: Parameters,
    client: Client,
    *,
    jkt: str = "",
    handle: Handle | None = None,
    ring: Ring,
    issuer: str,
    now: datetime,
) -> Asked:
    """Hold all members of a request against the client, first the one that says where to answer.

    :raises OAuthProblem: and :raises Returned: as `read`.
    """
    back = _back(parameters, client)
    try:
        return _members(parameters, client, back, (jkt, handle), (ring, issuer, now))
    except OAuthProblem as problem:
        raise Returned(problem, back) from None


def _back(parameters: Parameters, client: Client) -> Back:
    """Always named, and exactly one of the registered (RFC 9700 2.1, OpenID Connect Core 3.1.2.1).

    :raises OAuthProblem: to be shown; a redirect now would make us an open redirector (4.11.2).
    """
    uri = parameters.get("redirect_uri")
    if not uri:
        raise _invalid("redirect_uri is missing", "no_redirect_uri")
    if not redirects.allowed(uri, client.redirect_uris, native=client.native):
        raise _invalid("redirect_uri is not registered", "redirect_uri")
    if client.profile is Profile.FAPI2 and not uri.startswith("https://"):
        raise _invalid("redirect_uri must be https", "redirect_uri_http")  # FAPI 2.0 5.3.2.2
    mode = parameters.get("response_mode")
    return Back(uri, mode if mode in MODES else QUERY, parameters.get("state"))


def _members(
    parameters: Parameters, client: Client, back: Back, kept: _Kept, known: _Known
) -> Asked:
    ring, issuer, now = known
    _check_kind(parameters, client)
    granted = _scopes(parameters, client)
    by_name = claims_asked.read(parameters.get("claims"))
    hint = parameters.get("id_token_hint")
    return Asked(
        client=client,
        back=back,
        scopes=granted,
        challenge=_challenge(parameters, client, granted),
        prompts=_prompts(parameters),
        max_age=_max_age(parameters, client),
        hinted=hints.subject(hint, by_name.sub, client, ring=ring, issuer=issuer),
        claims=by_name.kept,
        resources=audiences.asked(client, parameters.many("resource"), issuer),
        jkt=_key(parameters, kept[0]),
        parameters=_kept(parameters),
        pushed=kept[1],
        received_at=now,
        **_levels(parameters, max(client.least_acr, by_name.acr)),
        **_texts(parameters),
    )


def _levels(parameters: Parameters, least: int) -> dict[str, Any]:
    """What must be, and what may be wished for beyond it, in `acr_values` (3.1.2.1, 5.5.1.1)."""
    wished = hints.levels(parameters.get("acr_values"))
    return {"acr": least, "wished": max(least, min(wished, default=1))}


def _kept(parameters: Parameters) -> dict[str, str]:
    return {
        name: " ".join(parameters.many(name))
        for name in sorted(parameters.without(*_CREDENTIALS).names)
    }


def _check_kind(parameters: Parameters, client: Client) -> None:
    for name in ("request", "request_uri", "registration"):  # OpenID Connect Core 3.1.2.6
        if name in parameters:
            raise OAuthProblem(
                f"{name}_not_supported", f"{name} is not supported here", why=f"{name}_foreign"
            )
    kind = parameters.get("response_type")
    if not kind:
        raise _invalid("response_type is missing", "no_response_type")
    if kind != "code":  # RFC 9700 2.1.2: no implicit, no hybrid
        raise OAuthProblem(
            "unsupported_response_type", "only response_type code exists", why="response_type"
        )
    if parameters.get("response_mode") not in ("", *MODES):
        raise _invalid("response_mode must be query or form_post", "response_mode")
    if GrantType.CODE not in client.grant_types:
        raise OAuthProblem(
            "unauthorized_client", "the client is not registered for codes", why="grant_type"
        )


def _scopes(parameters: Parameters, client: Client) -> frozenset[str]:
    """Those of the contract; others are left out, and the answer tells which remain (3.3).

    `offline_access` is of no use without refresh tokens and then ignored (Core 11).
    """
    left = scopes.parse(parameters.get("scope")) & client.scopes
    if GrantType.REFRESH not in client.grant_types:
        left -= {scopes.OFFLINE}
    if not left:
        raise OAuthProblem("invalid_scope", "no scope of the contract is asked", why="no_scope")
    return left


def _challenge(parameters: Parameters, client: Client, granted: frozenset[str]) -> str:
    """PKCE, or a nonce for a confidential client that registered so (RFC 9700 2.1.1)."""
    needed = client.needs_pkce or client.public or client.profile is Profile.FAPI2
    challenge = pkce.challenge_asked(
        parameters.get("code_challenge"), parameters.get("code_challenge_method"), needed=needed
    )
    if not challenge and ("nonce" not in parameters or scopes.OPENID not in granted):
        raise _invalid("without PKCE a nonce is needed", "nonce_missing")
    return challenge


def _prompts(parameters: Parameters) -> frozenset[str]:
    named = scopes.parse(parameters.get("prompt"))
    if named - _PROMPTS:
        raise _invalid("prompt has an unknown value", "prompt")
    if "none" in named and len(named) > 1:  # OpenID Connect Core 3.1.2.1
        raise _invalid("prompt none stands alone", "prompt_none")
    return named


def _max_age(parameters: Parameters, client: Client) -> int | None:
    text = parameters.get("max_age")
    if not text:
        return client.default_max_age
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise _invalid("max_age is a number of seconds", "max_age")
    return int(text)


def _key(parameters: Parameters, proven: str) -> str:
    """The key that the code will be bound to (RFC 9449 10, 10.1)."""
    named = parameters.get("dpop_jkt")
    if named and _THUMBPRINT.fullmatch(named) is None:
        raise _invalid("dpop_jkt is not a thumbprint", "dpop_jkt")
    if named and proven and named != proven:
        raise _invalid("dpop_jkt is not the key of the proof", "dpop_jkt_other")
    return proven or named


def _texts(parameters: Parameters) -> dict[str, Any]:
    """What is passed on as it is; `state` goes back, so only its sender pays for its length."""
    for name, longest in _SHORT.items():
        if len(parameters.get(name)) > longest:
            raise _invalid(f"{name} is too long", f"{name}_long")
    return {name: parameters.get(name) for name in _SHORT}


def _invalid(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_request", description, why=why)
