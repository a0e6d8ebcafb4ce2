"""Parameters of a request, each with one meaning (RFC 6749 3.1, 3.2 and appendix B)."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote_plus, unquote_plus

from gapura.sso.protocol.problems import OAuthProblem

MOST_NAMES = 100
LONGEST_NAME = 100
LONGEST_VALUE = 8 * 1024
LONGEST = 64 * 1024

# RFC 8707 2: the one parameter that may be sent several times.
_SEVERAL = frozenset({"resource"})
# JSON may be laid out in lines; all other values are printed signs (RFC 6749 appendix A).
_JSON = frozenset({"claims", "authorization_details"})
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_CONTROLS_IN_JSON = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9A-Fa-f]{2})")
_FORM = "application/x-www-form-urlencoded"


class Parameters:
    """What was sent. A parameter without a value counts as left out (RFC 6749 3.1)."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, tuple[str, ...]]) -> None:
        self._values = {name: kept for name, kept in values.items() if kept}

    @classmethod
    def of(cls, values: Mapping[str, str | Iterable[str]]) -> "Parameters":
        """From a mapping that was kept, as of a pushed request."""
        return cls(
            {
                name: tuple(v for v in ((value,) if isinstance(value, str) else value) if v)
                for name, value in values.items()
            }
        )

    def get(self, name: str) -> str:
        """The value, or "" when it was not sent."""
        found = self._values.get(name)
        return found[0] if found else ""

    def many(self, name: str) -> tuple[str, ...]:
        """All values in their order; only `resource` can have more than one."""
        return self._values.get(name, ())

    @property
    def names(self) -> frozenset[str]:
        """The names of all that was sent with a value."""
        return frozenset(self._values)

    def without(self, *names: str) -> "Parameters":
        """The same, but for those."""
        return Parameters({n: kept for n, kept in self._values.items() if n not in names})

    def encoded(self) -> str:
        """As a query that `query` reads again."""
        return "&".join(
            f"{quote_plus(name)}={quote_plus(value)}"
            for name, values in self._values.items()
            for value in values
        )

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Parameters) and self._values == other._values

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """Names alone: values are codes and secrets."""
        return f"Parameters({', '.join(sorted(self._values))})"


def is_form(content_type: str) -> bool:
    """The body is a form as RFC 6749 3.2 wants it; its `charset` is not looked at."""
    return content_type.partition(";")[0].strip().lower() == _FORM


def form(body: bytes) -> Parameters:
    """Read the body of a request.

    :raises OAuthProblem: `invalid_request`.
    """
    if len(body) > LONGEST:
        raise _refused("the parameters are too long", "too_long", 413)
    try:
        return query(body.decode())
    except UnicodeDecodeError as error:
        raise _refused("the parameters are not UTF-8", "not_utf8") from error


def query(text: str) -> Parameters:
    """Read the query of an address, without its question mark.

    :raises OAuthProblem: `invalid_request`.
    """
    if len(text) > LONGEST:
        raise _refused("the parameters are too long", "too_long", 413)
    values: dict[str, tuple[str, ...]] = {}
    pairs = [pair for pair in text.split("&") if pair]
    if len(pairs) > MOST_NAMES:
        raise _refused("there are too many parameters", "too_many")
    for pair in pairs:
        name, _, value = pair.partition("=")
        name, value = _decoded(name), _decoded(value)
        _check(name, value)
        if name in values and name not in _SEVERAL:
            raise _refused("a parameter was sent twice", "duplicate_parameter")
        values[name] = (*values.get(name, ()), value) if value else values.get(name, ())
    return Parameters(values)


def _decoded(text: str) -> str:
    if "%" not in text and "+" not in text:
        return text
    if _BROKEN_ESCAPE.search(text):
        raise _refused("a parameter has a broken percent escape", "broken_escape")
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError as error:
        raise _refused("the parameters are not UTF-8", "not_utf8") from error


def _check(name: str, value: str) -> None:
    if not name or len(name) > LONGEST_NAME:
        raise _refused("the name of a parameter is empty or too long", "bad_name")
    if len(value) > LONGEST_VALUE:
        raise _refused("a parameter is too long", "too_long")
    controls = _CONTROLS_IN_JSON if name in _JSON else _CONTROLS
    if _CONTROLS.search(name) or controls.search(value):
        raise _refused("a parameter holds control characters", "control_characters")


def _refused(description: str, why: str, status: int = 400) -> OAuthProblem:
    return OAuthProblem("invalid_request", description, status, why)
