"""The dated rules of signing in, remembered for seconds, and whom each holds for."""

from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any
from uuid import UUID

from django.db import connection

from gapura.access.queries import ROLES, Scope, active_grants
from gapura.authentication.models import SignInRule
from gapura.authentication.rules import PasswordPolicy
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor

# So long a worker goes on with what it has read. A new row is in force from a day on.
REMEMBERED = 30
OTHERS = "other"
# Whoever decides about others is judged with the administrators, though the role is an agency's.
OVER_OTHERS = frozenset({"admin_instansi", "verifikator"})
# The strictest population somebody belongs to is theirs.
STRICTEST_FIRST = ("admin", "official", "supplier")


@dataclass(frozen=True, slots=True)
class RuleView:
    """One dated row; `valid_to` is the first day on which it no longer holds."""

    key: str
    scope: str
    value: dict[str, Any]
    basis: str
    valid_from: date
    valid_to: date | None

    def covers(self, day: date) -> bool:
        """In force on `day`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


_read: dict[str, tuple[tuple[RuleView, ...], float]] = {}


def sign_in_rules(key: str, population: str) -> dict[str, Any]:
    """The value of `password`, `session` or `sessions_at_once` in force today for a population.

    A population without a row of its own is under the row of the empty scope.

    :raises LookupError: when no row covers the day: such a figure is never guessed.
    """
    day = clock.today()
    rows = [row for row in all_sign_in_rules() if row.key == key and row.covers(day)]
    for scope in (population, ""):
        for row in reversed(rows):
            if row.scope == scope:
                return row.value
    raise LookupError(f"no rule {key!r} for {population!r} on {day}")


def all_sign_in_rules() -> tuple[RuleView, ...]:
    """Every row, past and to come, by key, scope and first day; read anew after REMEMBERED s."""
    name = connection.settings_dict["NAME"]
    known = _read.get(name)
    if known is None or monotonic() - known[1] > REMEMBERED:
        known = _read[name] = (_rows(), monotonic())
    return known[0]


def forget_sign_in_rules() -> None:
    """Read them anew at the next use."""
    _read.clear()


def population_of(whom: Actor | UUID) -> str:
    """`admin`, `official` or `supplier` by the working roles, the strictest first; else `other`.

    A person (UUID) costs a query; an actor has its roles with it.
    """
    grants = whom.grants if isinstance(whom, Actor) else active_grants(whom, clock.now())
    found = {_population(grant) for grant in grants}
    return next((each for each in STRICTEST_FIRST if each in found), OTHERS)


def password_policy(whom: Actor | UUID | None = None) -> PasswordPolicy:
    """What today's rules ask of a password: of this person's, or of anybody's who is new."""
    population = OTHERS if whom is None else population_of(whom)
    return PasswordPolicy.of(sign_in_rules("password", population))


def _population(grant: ActiveGrant) -> str:
    scope = ROLES[grant.role].scope
    if scope is Scope.PLATFORM or grant.role in OVER_OTHERS:
        return "admin"
    return "supplier" if scope is Scope.COMPANY else "official"


def _rows() -> tuple[RuleView, ...]:
    rows = SignInRule.objects.order_by("key", "scope", "valid_from", "id").values_list(
        "key", "scope", "value", "basis", "valid_from", "valid_to"
    )
    return tuple(RuleView(*row) for row in rows)
