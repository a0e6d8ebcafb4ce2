"""For whom a token is (RFC 8707): named by the client, bounded by its contract, never for all."""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client

MOST: Final = 10


def asked(client: Client, resources: Collection[str], issuer: str) -> tuple[str, ...]:
    """The resources that an authorization or client-credentials request names; each once.

    Besides those of its contract a client may name the issuer, whose userinfo it reads.

    :raises OAuthProblem: `invalid_target` (RFC 8707 2).
    """
    named = tuple(dict.fromkeys(resources))
    if len(named) > MOST:
        raise _refused("too many resources are named", "too_many_resources")
    for resource in named:
        if not _is_uri(resource):
            raise _refused("a resource is an absolute URI without a fragment", "malformed_resource")
        if resource != issuer and resource not in client.audiences:
            raise _refused("the contract does not name this resource", "foreign_resource")
    return named


def narrowed(
    client: Client, resources: Collection[str], granted: tuple[str, ...], issuer: str
) -> tuple[str, ...]:
    """The audience of a token that rests on an authorization (RFC 8707 2.2).

    Any of the resources that were authorized, all of them when none is named; and always the
    issuer. One that has left the contract since is no longer named.

    :raises OAuthProblem: `invalid_target`.
    """
    named = asked(client, resources, issuer)
    if foreign := [one for one in named if one != issuer and one not in granted]:
        raise _refused("this resource was not authorized", f"not_authorized: {foreign[0]}"[:80])
    left = tuple(one for one in granted if one == issuer or one in client.audiences)
    if granted and not left and not named:
        raise _refused("the contract no longer names these resources", "contract_changed")
    return named or left or (issuer,)


def own(client: Client, resources: Collection[str], issuer: str) -> tuple[str, ...]:
    """The audience of a client's own token; the default is its only resource (RFC 9068 3).

    :raises OAuthProblem: `invalid_target`.
    """
    only = client.audiences if len(client.audiences) == 1 else (issuer,)
    return asked(client, resources, issuer) or only


def _is_uri(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return bool(parts.scheme) and bool(parts.netloc or parts.path) and "#" not in text


def _refused(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_target", description, why=why)
