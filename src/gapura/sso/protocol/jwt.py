"""The claims that every token is held to: times, issuer, audience (RFC 7519 4.1)."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from gapura.sso.protocol.jose import BadToken
from gapura.sso.protocol.records import CLOCK_SKEW

# Until the year 9999; what is later overflows `datetime`.
_LAST = 253402300799
LONGEST_ID = 256


def moment(claims: Mapping[str, Any], name: str) -> datetime | None:
    """A NumericDate (RFC 7519 2); None when absent.

    :raises BadToken: a text, a truth value (which Python takes for a number), or out of range.
    """
    value = claims.get(name)
    if value is None and name not in claims:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise BadToken(f"{name}_type")
    if not 0 <= value <= _LAST:
        raise BadToken(f"{name}_range")
    return datetime.fromtimestamp(value, UTC)


def text(claims: Mapping[str, Any], name: str, *, longest: int = LONGEST_ID) -> str:
    """A text claim that must be there and not be empty.

    :raises BadToken: it is not.
    """
    value = claims.get(name)
    if not isinstance(value, str) or not value or len(value) > longest:
        raise BadToken(f"{name}_type")
    return value


def audience(claims: Mapping[str, Any]) -> tuple[str, ...]:
    """`aud` as a tuple, whether it was a text or a list (RFC 7519 4.1.3).

    :raises BadToken: neither.
    """
    value = claims.get("aud")
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or not values:
        raise BadToken("aud_type")
    if not all(isinstance(one, str) for one in values):
        raise BadToken("aud_type")
    return tuple(values)


def check_times(
    claims: Mapping[str, Any],
    now: datetime,
    *,
    needed: Collection[str] = ("exp",),
    longest: timedelta | None = None,
    skew: timedelta = CLOCK_SKEW,
) -> None:
    """Hold `exp`, `nbf` and `iat` against the clock (RFC 7519 4.1.4 to 4.1.6).

    `longest` is how far ahead `exp` may lie. `iat` and `nbf` may lie `skew` ahead, no more.

    :raises BadToken: `expired`, `not_yet`, `from_the_future`, `too_far`, `exp_missing`, ...
    """
    times = {name: moment(claims, name) for name in ("exp", "nbf", "iat")}
    for name in needed:
        if times[name] is None:
            raise BadToken(f"{name}_missing")
    exp, nbf, iat = times["exp"], times["nbf"], times["iat"]
    if exp is not None and exp <= now - skew:
        raise BadToken("expired")
    if exp is not None and longest is not None and exp > now + longest + skew:
        raise BadToken("too_far")
    if nbf is not None and nbf > now + skew:
        raise BadToken("not_yet")
    if iat is not None and iat > now + skew:
        raise BadToken("from_the_future")
