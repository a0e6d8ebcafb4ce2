"""The `claims` parameter (OpenID Connect Core 5.5), cut down to what means something here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gapura.sso.protocol.encoding import from_json
from gapura.sso.protocol.issuing import LEVEL_OF
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.scopes import CLAIMS

LONGEST: Final = 4 * 1024
DEEPEST: Final = 5  # {"id_token": {"acr": {"values": [text]}}} and one to spare
_PLACES: Final = ("userinfo", "id_token")


@dataclass(frozen=True, slots=True)
class ClaimsAsked:
    """What was asked by name.

    `kept` has known claims alone, so that the row and the token stay small. `acr` is the least
    level that an essential `acr` accepts (0: none asked), `sub` the person it must be.
    """

    kept: Mapping[str, Any] = field(default_factory=dict)
    acr: int = 0
    sub: str = ""


def read(text: str) -> ClaimsAsked:
    """Read the parameter; unknown claims and members are ignored (5.5, 5.5.1).

    :raises OAuthProblem: `invalid_request` when it is no such JSON, too long or too deep;
        `unmet_authentication_requirements` when only levels that do not exist would do (5.5.1.1).
    """
    if not text:
        return ClaimsAsked()
    if len(text) > LONGEST:
        raise _malformed("claims is too long", "claims_long")
    try:
        members = from_json(text)
    except ValueError:
        raise _malformed("claims is not a JSON object", "claims_json") from None
    if _depth(members) > DEEPEST:
        raise _malformed("claims is nested too deeply", "claims_deep")
    places = {place: _place(members.get(place)) for place in _PLACES}
    kept = {
        place: dict.fromkeys(sorted(asked.keys() & (CLAIMS - {"sub"})))
        for place, asked in places.items()
    }
    return ClaimsAsked(
        {place: asked for place, asked in kept.items() if asked},
        max(_acr(asked.get("acr")) for asked in places.values()),
        _sub(places),
    )


def _place(members: Any) -> dict[str, Any]:
    if members is None:
        return {}
    if not isinstance(members, dict):
        raise _malformed("a member of claims is not an object", "claims_member")
    if not all(asked is None or isinstance(asked, dict) for asked in members.values()):
        raise _malformed("a claim is asked by null or an object", "claims_member")
    return members


def _depth(value: Any) -> int:
    """How deep it is nested; the text is short and was read without recursion trouble."""
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(_depth, value), default=0)
    return 0


def _acr(asked: Mapping[str, Any] | None) -> int:
    """A voluntary `acr` is told anyway and asks for nothing (5.5.1.1)."""
    if not asked or asked.get("essential") is not True:
        return 0
    values = asked.get("values", [asked["value"]] if "value" in asked else [])
    if not values:
        return 0
    known = [
        LEVEL_OF[value]
        for value in (values if isinstance(values, list) else [])
        if isinstance(value, str) and value in LEVEL_OF
    ]
    if not known:
        raise OAuthProblem(
            "unmet_authentication_requirements", "no such level exists here", why="claims_acr"
        )
    return min(known)


def _sub(places: Mapping[str, dict[str, Any]]) -> str:
    """Whom the request insists on (5.5.1); two different people are nobody."""
    named = {
        asked["sub"]["value"]
        for asked in places.values()
        if asked.get("sub") and isinstance(asked["sub"].get("value"), str)
    }
    if len(named) > 1:
        raise _malformed("claims names two subjects", "claims_sub")
    return named.pop() if named else ""


def _malformed(description: str, why: str) -> OAuthProblem:
    return OAuthProblem("invalid_request", description, why=why)
