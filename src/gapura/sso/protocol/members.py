"""The members of client metadata, each with the form its value must have (RFC 7591 2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gapura.sso.protocol.encoding import to_json
from gapura.sso.protocol.jwk import OUR_ALGORITHMS, BadKey, parse_jwks
from gapura.sso.protocol.records import AuthMethod, GrantType
from gapura.sso.protocol.redirects import Terms, unfit

LONGEST_NAME = 80
LONGEST_KEYS = 64 * 1024
MOST_REDIRECTS = 20
MOST_CONTACTS = 10
_TEN_YEARS = 10 * 365 * 86400


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one member.

    `why` is a code that pages translate, `description` is for programs.
    """

    member: str
    why: str
    description: str


Check = Callable[[Any, Terms], tuple[str, str] | None]


def _text(longest: int) -> Check:
    def check(value: Any, _terms: Terms) -> tuple[str, str] | None:
        if not isinstance(value, str):
            return "type", "must be a text"
        if len(value) > longest:
            return "too_long", f"must have at most {longest} signs"
        # Line breaks and signs that turn the writing around would forge the consent page.
        return None if value.isprintable() else ("signs", "must have printable signs only")

    return check


def _choice(*values: str) -> Check:
    def check(value: Any, _terms: Terms) -> tuple[str, str] | None:
        if isinstance(value, str) and value in values:
            return None
        return "choice", f"must be one of {', '.join(values)}"

    return check


def _many(each: Check, most: int) -> Check:
    def check(value: Any, terms: Terms) -> tuple[str, str] | None:
        if not isinstance(value, (list, tuple)):
            return "type", "must be a list of texts"
        if len(value) > most:
            return "too_many", f"must have at most {most} entries"
        problems = (each(one, terms) for one in value)
        problem = next((problem for problem in problems if problem), None)
        if problem is None and len(set(value)) != len(value):
            return "twice", "must not name anything twice"
        return problem

    return check


def _bool(value: Any, _terms: Terms) -> tuple[str, str] | None:
    return None if isinstance(value, bool) else ("type", "must be true or false")


def _seconds(value: Any, _terms: Terms) -> tuple[str, str] | None:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _TEN_YEARS:
        return None
    return "type", "must be a number of seconds"


def _contact(value: Any, terms: Terms) -> tuple[str, str] | None:
    problem = _text(254)(value, terms)
    if problem is None and ("@" not in value or " " in value):
        return "contact", "must be e-mail addresses"
    return problem


def _redirect(value: Any, terms: Terms) -> tuple[str, str] | None:
    if not isinstance(value, str):
        return "type", "must be a text"
    why = unfit(value, terms)
    return (why, f"has an address that is not accepted: {_REDIRECT[why]}") if why else None


def _web(value: Any, terms: Terms) -> tuple[str, str] | None:
    """An address on the web, not a scheme of an application's own."""
    loopback = terms.loopback and not terms.https_only
    return _redirect(value, Terms(loopback=loopback, https_only=terms.https_only))


def _keys(value: Any, _terms: Terms) -> tuple[str, str] | None:
    if not isinstance(value, dict):
        return "type", "must be a JSON Web Key Set"
    try:
        if len(to_json(value)) > LONGEST_KEYS:
            return "too_long", "is too long"
        parse_jwks(value)
    except BadKey as bad:
        return "keys", str(bad)
    except ValueError:
        return "keys", "must be JSON"
    return None


_REDIRECT = {
    "malformed": "it is not a URI, or too long",
    "fragment": "it has a fragment",
    "wildcard": "it has a wildcard; every address is named in full",
    "userinfo": "it has a user name",
    "dots": "its path has . or .. or an encoded slash",
    "http": "it must be https",
    "scheme": "its scheme must be https, or for native applications a reversed domain name",
    "host": "its host must be a domain name in lower case",
}

MEMBERS: Mapping[str, Check] = {
    "client_name": _text(LONGEST_NAME),
    "application_type": _choice("web", "native"),
    "redirect_uris": _many(_redirect, MOST_REDIRECTS),
    "token_endpoint_auth_method": _choice(*(method.value for method in AuthMethod)),
    "grant_types": _many(_choice(*(grant.value for grant in GrantType)), 10),
    "response_types": _many(_choice("code"), 1),
    "scope": _text(1000),
    "jwks": _keys,
    "jwks_uri": _web,
    "client_uri": _web,
    "logo_uri": _web,
    "tos_uri": _web,
    "policy_uri": _web,
    "contacts": _many(_contact, MOST_CONTACTS),
    "subject_type": _choice("pairwise", "public"),
    "sector_identifier_uri": _web,
    "id_token_signed_response_alg": _choice(*OUR_ALGORITHMS),
    "default_max_age": _seconds,
    "require_auth_time": _bool,
    "default_acr_values": _many(_text(100), 10),
    "initiate_login_uri": _web,
    "post_logout_redirect_uris": _many(_redirect, MOST_REDIRECTS),
    "backchannel_logout_uri": _web,
    "backchannel_logout_session_required": _bool,
    "require_pushed_authorization_requests": _bool,
    "dpop_bound_access_tokens": _bool,
    "software_id": _text(200),
    "software_version": _text(100),
}

# Asked for, these change what we would have to send, and a client that believes to get them would
# not understand what comes. All else that we do not know is ignored (RFC 7591 2).
CANNOT = (
    "id_token_encrypted_response_alg",
    "userinfo_signed_response_alg",
    "userinfo_encrypted_response_alg",
    "introspection_signed_response_alg",
    "authorization_signed_response_alg",
    "tls_client_certificate_bound_access_tokens",
)


def member_flaws(metadata: Mapping[str, Any], terms: Terms) -> tuple[Flaw, ...]:
    """What is wrong with members taken by themselves. null counts as left out (RFC 7592 2.2)."""
    found = []
    for member, check in MEMBERS.items():
        value = metadata.get(member)
        if value is not None and (problem := check(value, terms)):
            found.append(Flaw(member, problem[0], f"{member} {problem[1]}"))
    found += [
        Flaw(member, "cannot", f"{member} is not supported")
        for member in CANNOT
        if metadata.get(member)
    ]
    return tuple(found)
