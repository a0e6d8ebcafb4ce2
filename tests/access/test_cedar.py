"""Another engine decides the same: Cedar (cedarpy) beside our evaluator, rule by rule.

Two comparisons. The whole table of permissions is written out as Cedar policies over the truth of
its clauses, which holds the evaluator to "any of some rules, a rule being all of its clauses".
And the heart of this room is stated a second time in Cedar over the bare facts, which holds the
clauses themselves: who approves, who ends an access, who changes its days.
"""

import json
from dataclasses import dataclass, replace
from random import Random
from typing import Any
from uuid import UUID

import pytest
from cedarpy import Entities, PolicySet, is_authorized_batch

from gapura.access.models import AccessRequest, Grant
from gapura.access.permissions import Can
from gapura.accounts.models import Person
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import Clause, all_rules, decide
from gapura.organizations.models import Unit

NOBODY = Entities.from_json_str("[]")
WORLDS = 3


def cedars(policies: str, asked: list[tuple[str, dict[str, Any]]]) -> list[bool]:
    """What Cedar says of each (action, context)."""
    requests = [
        {
            "principal": 'P::"a"',
            "action": f"Action::{json.dumps(action)}",
            "resource": 'R::"r"',
            "context": context,
        }
        for action, context in asked
    ]
    found = is_authorized_batch(requests, PolicySet.from_str(policies), NOBODY)
    return [one.allowed for one in found]


def _permit(permission: str, when: str) -> str:
    action = f"Action::{json.dumps(permission)}"
    return f"permit (principal, action == {action}, resource) when {{ {when} }};"


def test_the_evaluator_and_cedar_agree_on_every_permission(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each clause is true or false by lot; so are the permissions that a deputy lacks."""
    lots, rules = Random(17), dict(all_rules())
    policies = [
        _permit(permission, " && ".join(f"context.{c.name}" for c in rule))
        for permission, table in rules.items()
        for rule in table
    ]
    policies.append("forbid (principal, action, resource) when { context.without };")
    names = sorted({c.name for table in rules.values() for rule in table for c in rule})
    asked, ours = [], []
    for _world in range(WORLDS):
        facts = {name: lots.random() < 0.7 for name in names}
        told = _told(rules, facts)
        monkeypatch.setattr("gapura.kernel.permissions._rules", told)
        for permission in rules:
            lacks = lots.random() < 0.2
            grant = ActiveGrant(
                UUID(int=2), "kpa", without=frozenset({permission} if lacks else ())
            )
            asked.append((permission, facts | {"without": lacks}))
            ours.append(decide(Actor(person=UUID(int=1), grant=grant), permission).allowed)
    assert ours == cedars("\n".join(policies), asked)
    assert {True, False} == set(ours)


def _told(rules: Any, facts: dict[str, bool]) -> Any:
    """The table with clauses that know nothing but their lot."""

    def stub(one: Clause) -> Clause:
        def lot(_actor: Actor, _thing: Any) -> bool:
            return facts[one.name]

        return replace(one, test=lot)

    return {name: tuple(tuple(map(stub, rule)) for rule in table) for name, table in rules.items()}


_HEART = (
    'context.signed && context.acr >= 2 && context.role == "verifikator" && '
    'context.agency != "" && context.agency == context.at && '
    '(context.reach == "" || context.above.contains(context.reach)) && '
    "context.me != context.person && context.deputy_of != context.person_name"
)
_ADMIN = (
    'context.signed && context.acr >= 2 && context.role == "admin_platform" && '
    "context.me != context.person && context.deputy_of != context.person_name"
)
_NO_DEPUTY = (
    "context.me != context.principal && (context.principal == 0 || "
    "context.deputy_of != context.principal_name)"
)
_TAKEN = "!context.conflict && context.claimed == context.me && context.standing && " + _NO_DEPUTY
POLICIES = "\n".join(
    [
        _permit(Can.APPROVE, f'{_HEART} && context.level == "agency" && {_TAKEN}'),
        _permit(Can.APPROVE, f'{_ADMIN} && context.level == "platform" && {_TAKEN}'),
        _permit(Can.SUSPEND, f"{_HEART} && context.agency_gives"),
        _permit(Can.SUSPEND, _ADMIN),
        _permit(Can.CHANGE_DAYS, f"{_HEART} && context.agency_gives && {_NO_DEPUTY}"),
        _permit(Can.CHANGE_DAYS, f"{_ADMIN} && {_NO_DEPUTY}"),
    ]
)


@dataclass(frozen=True)
class Facts:
    """One actor before one thing, as bare values."""

    me: int
    acr: int
    role: str
    agency: str
    reach: str
    deputy_of: int
    conflict: bool
    person: int
    state: str
    at: str
    unit: str
    level: str
    claimed: int
    principal: int
    thing_role: str


def drawn(lots: Random) -> Facts:
    """Mostly what is near the edge of being allowed."""
    return Facts(
        me=lots.choice([1, 1, 1, 2]),
        acr=lots.choice([1, 2, 2, 3]),
        role=lots.choice(["verifikator", "verifikator", "verifikator", "admin_platform", "ppk"]),
        agency=lots.choice(["T1", "T1", "T1", "T2", ""]),
        reach=lots.choice(["", "", "T1.1/", "T1.2/"]),
        deputy_of=lots.choice([0, 0, 0, 2, 3]),
        conflict=lots.random() < 0.1,
        person=lots.choice([2, 2, 2, 1]),
        state=lots.choice(["verified", "verified", "contact_verified", "suspended", "closed"]),
        at=lots.choice(["T1", "T1", "T1", "T2"]),
        unit=lots.choice(["T1.1/", "T1.1/T1.1.4/", "T1.10/", ""]),
        level=lots.choice(["agency", "agency", "platform"]),
        claimed=lots.choice([1, 1, 1, 2, 0]),
        principal=lots.choice([0, 0, 0, 1, 3]),
        thing_role=lots.choice(["ppk", "ppk", "verifikator"]),
    )


def ours_of(facts: Facts) -> list[bool]:
    grant = ActiveGrant(
        UUID(int=9),
        facts.role,
        agency=facts.agency,
        reach=facts.reach,
        principal=f"p{facts.deputy_of}" if facts.deputy_of else "",
        conflict="a law" if facts.conflict else "",
    )
    actor = Actor(person=UUID(int=facts.me), grant=grant, grants=(grant,), acr=facts.acr)
    where = {
        "person": _person(facts.person, facts.state),
        "agency_id": facts.at,
        "unit": Unit(code="u", path=facts.unit) if facts.unit else None,
        "principal": _person(facts.principal) if facts.principal else None,
        "role": facts.thing_role,
    }
    claimed = UUID(int=facts.claimed) if facts.claimed else None
    request = AccessRequest(level=facts.level, claimed_by_id=claimed, **where)
    return [
        decide(actor, Can.APPROVE, request).allowed,
        decide(actor, Can.SUSPEND, Grant(**where)).allowed,
        decide(actor, Can.CHANGE_DAYS, Grant(**where)).allowed,
    ]


def _person(number: int, state: str = "verified") -> Person:
    return Person(id=UUID(int=number), username=f"p{number}", state=state)


def context_of(facts: Facts) -> dict[str, Any]:
    steps = facts.unit.rstrip("/").split("/") if facts.unit else []
    above = ["/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
    return {
        "signed": facts.acr > 0,
        "acr": facts.acr,
        "role": facts.role,
        "agency": facts.agency,
        "at": facts.at,
        "reach": facts.reach,
        "above": above,
        "me": facts.me,
        "person": facts.person,
        "person_name": facts.person,
        "deputy_of": facts.deputy_of,
        "principal": facts.principal,
        "principal_name": facts.principal,
        "conflict": facts.conflict,
        "claimed": facts.claimed,
        "level": facts.level,
        "standing": facts.state not in ("registered", "suspended", "closed"),
        "agency_gives": facts.thing_role == "ppk",
    }


def test_the_heart_of_the_rules_is_the_same_said_in_cedar() -> None:
    lots = Random(4)
    worlds = [drawn(lots) for _each in range(700)]
    ours = [answer for facts in worlds for answer in ours_of(facts)]
    asked = [
        (str(can), context_of(facts))
        for facts in worlds
        for can in (Can.APPROVE, Can.SUSPEND, Can.CHANGE_DAYS)
    ]
    theirs = cedars(POLICIES, asked)
    wrong = [(a, o) for a, o, t in zip(asked, ours, theirs, strict=True) if o != t]
    assert wrong == []
    for number in range(3):
        assert {True, False} == set(ours[number::3])
