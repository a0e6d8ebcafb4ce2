"""Role x permission, worked out from the tables of roles and of rules themselves."""

from dataclasses import dataclass, replace
from functools import cache
from uuid import UUID

from gapura.access.duties import ALL, duties_of
from gapura.access.roles import ROLES, Role, Scope
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor, system_actor
from gapura.kernel.permissions import Clause, Rule, all_rules
from gapura.kernel.prospects import Answer, prospect, rule_answer

_SOMEONE, _GRANT = UUID(int=1), UUID(int=2)
_PLAIN = frozenset({"is_signed_in", "anyone", "is_the_system", "signed_in_strongly"})


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


@dataclass(frozen=True, slots=True)
class Cell:
    """What a visitor gets; `strongly` says that it takes an authenticator app or a passkey."""

    answer: Answer
    strongly: bool


def visitors() -> dict[str, Actor]:
    """Nobody, someone without a role, a holder of each role, the system; all at their best.

    People are in good standing, and signed in strongly a moment ago.
    """
    person = Actor(
        person=_SOMEONE,
        username="someone",
        state="verified",
        acr=3,
        facts={"proved_at": clock.now()},
    )
    holders = {code: _holder(person, role) for code, role in ROLES.items()}
    return {"nobody": Actor(), "person": person, **holders, "system": system_actor("house")}


def cell(actor: Actor, permission: str) -> Cell:
    """What a visitor gets of a permission, for some thing."""
    found = prospect(actor, permission).answer
    if found is Answer.NEVER or not actor.signed_in:
        return Cell(found, strongly=False)
    weakly = prospect(replace(actor, acr=1), permission).answer
    return Cell(found, strongly=weakly != found)


def rights(role: str = "") -> tuple[Right, ...]:
    """Every permission; with `role` those that it adds to what everyone has."""
    found = [_right(permission, rules) for permission, rules in all_rules().items()]
    return tuple(right for right in found if not role or role in right.roles)


def right(permission: str) -> Right:
    """One permission.

    :raises KeyError: for one that no room declared.
    """
    return _right(permission, all_rules()[permission])


@cache
def _right(permission: str, rules: tuple[Rule, ...]) -> Right:
    who = visitors()
    nobody, person = _usable(who["nobody"], rules), _usable(who["person"], rules)
    more = {code: _usable(who[code], rules) - person for code in ROLES}
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


def _usable(actor: Actor, rules: tuple[Rule, ...]) -> frozenset[int]:
    """Which rules can hold for this actor, for some thing."""
    return frozenset(n for n, rule in enumerate(rules) if rule_answer(rule, actor))


def _holder(person: Actor, role: Role) -> Actor:
    agency = role.scope in {Scope.AGENCY, Scope.UNIT}
    grant = ActiveGrant(
        _GRANT,
        role.code,
        agency="agency" if agency else "",
        unit="unit" if role.scope is Scope.UNIT else "",
        company="company" if role.scope is Scope.COMPANY else "",
        delegable=True,
        duties=duties_of(role.code, ALL),
    )
    return replace(person, grant=grant, grants=(grant,))
