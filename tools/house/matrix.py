"""Who may do what, worked out from the rules: one line a permission, one column a visitor."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from gapura.access.queries import ROLES, Role, Scope
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.permissions import Clause, all_rules
from tools.house.inventory import ROOT, permissions

FILE = ROOT / "tests/house/matrix.csv"
NEVER, DEPENDS, ALWAYS = "", "own", "yes"
STRONGLY = "!"


class _Looked(Exception):
    """A predicate looked at the thing it was asked about."""


class _Thing:
    """Any thing: whoever looks at it says that the answer depends on it."""

    def __getattr__(self, name: str) -> object:
        raise _Looked(name)


def visitors() -> dict[str, Actor]:
    """Nobody, someone without a role, a holder of each role, the system; all at their best."""
    person = Actor(
        person=UUID(int=1), username="someone", state="verified", acr=3,
        facts={"proved_at": clock.now()},
    )  # fmt: skip
    holders = {code: _holder(person, role) for code, role in ROLES.items()}
    return {"nobody": Actor(), "person": person, **holders, "system": system_actor("house")}


def _holder(person: Actor, role: Role) -> Actor:
    agency = role.scope in {Scope.AGENCY, Scope.UNIT}
    grant = ActiveGrant(
        UUID(int=2),
        role.code,
        agency="agency" if agency else "",
        unit="unit" if role.scope is Scope.UNIT else "",
        company="company" if role.scope is Scope.COMPANY else "",
    )
    return replace(person, grant=grant, grants=(grant,))


def cell(actor: Actor, permission: str) -> str:
    """`yes`: always; `own`: it depends on the thing; empty: never. `!`: only signed in strongly."""
    best = max((_answer(actor, rule) for rule in all_rules()[permission]), key=_worth)
    if best == NEVER or not actor.signed_in:
        return best
    weak = replace(actor, acr=1)
    weakly = max((_answer(weak, rule) for rule in all_rules()[permission]), key=_worth)
    return best if weakly == best else best + STRONGLY


def _worth(answer: str) -> int:
    return (NEVER, DEPENDS, ALWAYS).index(answer)


def _answer(actor: Actor, rule: tuple[Clause, ...]) -> str:
    return min((_clause(clause, actor) for clause in rule), key=_worth)


def _clause(clause: Clause, actor: Actor) -> str:
    try:
        return ALWAYS if clause.test(actor, _Thing()) else NEVER
    except _Looked:
        return DEPENDS


def rows() -> Iterator[dict[str, str]]:
    """One row a permission, in the order of the alphabet."""
    who = visitors()
    for permission in sorted(permissions()):
        yield {"permission": permission} | {n: cell(a, permission) for n, a in who.items()}


def reviewed() -> list[dict[str, str]]:
    """What was written down and looked at."""
    with FILE.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write() -> None:
    """Write the present rules down for review."""
    with FILE.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, ["permission", *visitors()], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())
