"""What a client may learn of a person: scopes, the claims behind them, and their words on screen.

The contract of a client is the outer bound: a claim is told when it was asked (by scope, or by name
in the `claims` parameter) and the contract has it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from gapura.kernel.texts import N_
from gapura.sso.protocol.records import Client, Subject

OPENID = "openid"
OFFLINE = "offline_access"
# Clients ask the same few lists all day; small, as the texts are theirs to choose.
_REMEMBERED = 256
# Of a grant: the weakest sign-in that enters it.
_LEAST = "least_acr"


@dataclass(frozen=True, slots=True)
class Scope:
    """A scope, the claims it stands for, and what the consent page says of it."""

    name: str
    claims: tuple[str, ...]
    text: str


# OpenID Connect Core 5.4 for the first five; the last two are the domain's own.
SCOPES: Mapping[str, Scope] = {
    scope.name: scope
    for scope in (
        Scope(
            OPENID, ("sub",), N_("Know that it is you, under a number made for this application")
        ),
        Scope(
            "profile",
            ("name", "preferred_username", "locale", "updated_at"),
            N_("See your name, your username and your language"),
        ),
        Scope("email", ("email", "email_verified"), N_("See your e-mail address")),
        Scope("phone", ("phone_number", "phone_number_verified"), N_("See your phone number")),
        Scope(OFFLINE, (), N_("Keep working for you after you have left the computer")),
        Scope(
            "grants",
            ("gapura_grants",),
            N_("See which roles you hold at which agencies or companies, and their letters"),
        ),
        Scope(
            "identity",
            ("gapura_identity_level",),
            N_("See how thoroughly your identity was checked, without your identity numbers"),
        ),
    )
}

PERSONAL: frozenset[str] = frozenset(SCOPES)  # a client's own token has none of them
CLAIMS: frozenset[str] = frozenset(claim for scope in SCOPES.values() for claim in scope.claims)
SCOPE_OF: Mapping[str, str] = {c: scope.name for scope in SCOPES.values() for c in scope.claims}


@lru_cache(_REMEMBERED)
def parse(text: str) -> frozenset[str]:
    """A list of scopes, in any order, each once (RFC 6749 3.3)."""
    return frozenset(text.split(" ")) - {""}


@lru_cache(_REMEMBERED)
def written(scopes: frozenset[str]) -> str:
    """Scopes as one text; `openid` first, so that equal sets give equal texts."""
    return " ".join(sorted(scopes, key=lambda scope: (scope != OPENID, scope)))


def allowed(client: Client) -> frozenset[str]:
    """The claims its contract has: those named in it, else those of its scopes."""
    if client.claims:
        return client.claims
    return claims_of(client.scopes)


@lru_cache(_REMEMBERED)
def claims_of(scopes: frozenset[str]) -> frozenset[str]:
    """The claims that these scopes stand for."""
    return frozenset(c for s in scopes if s in SCOPES for c in SCOPES[s].claims)


def asked_by_name(claims: Mapping[str, Any], where: str) -> frozenset[str]:
    """Claims asked one by one, for `userinfo` or `id_token` (OpenID Connect Core 5.5)."""
    members = claims.get(where)
    return frozenset(members) & CLAIMS if isinstance(members, Mapping) else frozenset()


def consents(scopes: frozenset[str], claims: Mapping[str, Any], client: Client) -> frozenset[str]:
    """What the person is asked: the scopes, and those of claims that are asked by name.

    Otherwise the `claims` parameter would be a way around the consent page.
    """
    named = (asked_by_name(claims, "userinfo") | asked_by_name(claims, "id_token")) - {"sub"}
    return scopes | {SCOPE_OF[claim] for claim in named & allowed(client)}


def tell(subject: Subject, names: frozenset[str], client: Client) -> dict[str, Any]:
    """The values of these claims as far as the contract goes; what is unknown is left out.

    Left out, not null (OpenID Connect Core 5.3.2). `sub` is none of them: it belongs to the token.
    """
    told: dict[str, Any] = {}
    for name in sorted(names & allowed(client) & _VALUES.keys()):
        value = _VALUES[name](subject, client)
        if value is not None:
            told[name] = value
    return told


def usable(subject: Subject, acr: int) -> Subject:
    """Without the grants that so weak a sign-in does not enter here either.

    Else an application that never asks how somebody signed in would be a way around it.
    """
    held = tuple(grant for grant in subject.grants if grant.get(_LEAST, 1) <= acr)
    return subject if len(held) == len(subject.grants) else replace(subject, grants=held)


def grants_told(subject: Subject, client: Client) -> list[dict[str, Any]]:
    """The person's grants that work now, as far as the contract goes.

    A contract that names agencies tells of nothing held elsewhere, companies and platform included.
    """
    return [
        {name: value for name, value in grant.items() if name != _LEAST}
        for grant in subject.grants
        if (not client.roles or grant.get("role") in client.roles)
        and (not client.agencies or grant.get("agency") in client.agencies)
    ]


def _email_verified(subject: Subject, _client: Client) -> bool | None:
    return subject.email_verified if subject.email else None


def _phone_verified(subject: Subject, _client: Client) -> bool | None:
    return subject.phone_verified if subject.phone else None


_VALUES: Mapping[str, Callable[[Subject, Client], Any]] = {
    "name": lambda subject, _: subject.name or None,
    "preferred_username": lambda subject, _: subject.username or None,
    "locale": lambda subject, _: subject.language or None,
    "updated_at": lambda subject, _: int(subject.updated_at.timestamp()),
    "email": lambda subject, _: subject.email or None,
    "email_verified": _email_verified,
    "phone_number": lambda subject, _: subject.phone or None,
    "phone_number_verified": _phone_verified,
    "gapura_grants": grants_told,
    "gapura_identity_level": lambda subject, _: subject.proof or None,
}
