"""Role x permission, computed from the tables of roles and rules themselves."""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from gapura.access.queries import ROLES, Role, Scope
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import Clause, all_rules

_SOMEONE = UUID(int=1)
_PLAIN = frozenset({"is_signed_in", "anyone", "is_the_system", "signed_in_strongly"})

Rule = tuple[Clause, ...]


class _DependsOnThing(Exception):
    """A predicate looked at the thing it was asked about."""


class _AnyThing:
    """Stands for every thing there may be; looking at it says that the answer depends on it."""

    def __getattr__(self, name: str) -> object:
        raise _DependsOnThing(name)


@dataclass(frozen=True, slots=True)
class Right:
    """One permission: who may at all, and what the thing must be like.

    `roles` are those that can do more than anyone who is signed in. `reasons` are the sentences of
    a refusal.
    """

    permission: str
    public: bool
    signed_in: bool
    system: bool
    strong: bool
    roles: tuple[str, ...]
    reasons: tuple[Clause, ...]

    @property
    def room(self) -> str:
        """The first word of the permission."""
        return self.permission.partition(".")[0]


def rights(role: str = "") -> tuple[Right, ...]:
    """Every permission; with `role` those that it adds to what everyone has."""
    found = [_right(permission, rules) for permission, rules in all_rules().items()]
    return tuple(right for right in found if not role or role in right.roles)


@cache
def _right(permission: str, rules: tuple[Rule, ...]) -> Right:
    nobody, person = _open(Actor(), rules), _open(_actor(None), rules)
    more = {code: _open(_actor(role), rules) - person for code, role in ROLES.items()}
    usable = nobody | person | frozenset().union(*more.values())
    strong = [any(c.strength for c in rules[n]) for n in usable]
    clauses = [c for n in sorted(usable) for c in rules[n] if c.name not in _PLAIN]
    return Right(
        permission=permission,
        public=bool(nobody),
        signed_in=bool(person),
        system=any(c.name == "is_the_system" for rule in rules for c in rule),
        strong=bool(strong) and all(strong),
        roles=tuple(code for code, extra in more.items() if extra),
        reasons=tuple(dict.fromkeys(clauses)),
    )


def _open(actor: Actor, rules: tuple[Rule, ...]) -> frozenset[int]:
    """Which rules can hold for this actor, for some thing."""
    return frozenset(n for n, rule in enumerate(rules) if all(_can_hold(c, actor) for c in rule))


def _can_hold(clause: Clause, actor: Actor) -> bool:
    try:
        return clause.test(actor, _AnyThing())
    except _DependsOnThing:
        return True


def _actor(role: Role | None) -> Actor:
    """Someone in good standing, strongly and freshly signed in, without a role or with this one."""
    grants = (_grant(role),) if role else ()
    return Actor(
        person=_SOMEONE,
        state="verified",
        grant=grants[0] if grants else None,
        grants=grants,
        acr=3,
        facts={"proved_at": clock.now()},
    )


def _grant(role: Role) -> ActiveGrant:
    agency = role.scope in {Scope.AGENCY, Scope.UNIT}
    return ActiveGrant(
        id=_SOMEONE,
        role=role.code,
        agency="agency" if agency else "",
        unit="unit" if role.scope is Scope.UNIT else "",
        company="company" if role.scope is Scope.COMPANY else "",
    )
