"""The evaluator: any of some rules, a rule being all of its clauses; a refusal has its reason."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, TypeVar

from gapura.kernel.actor import Actor
from gapura.kernel.clauses import (
    Clause,
    Rule,
    Rules,
    Test,
    acts_in_own_right,
    acts_without_conflict,
    anyone,
    clause,
    is_signed_in,
    is_the_system,
    proved_recently,
    signed_in_strongly,
    telling,
)
from gapura.kernel.holds import only_reading, stopping
from gapura.kernel.problems import Problem
from gapura.kernel.texts import N_

__all__ = [
    "Clause",
    "Refused",
    "Rule",
    "Rules",
    "Test",
    "Verdict",
    "acts_in_own_right",
    "acts_without_conflict",
    "all_rules",
    "anyone",
    "clause",
    "decide",
    "is_signed_in",
    "is_the_system",
    "may",
    "proved_recently",
    "refusals",
    "register",
    "require",
    "rules_for",
    "signed_in_strongly",
    "watched",
]

Name = TypeVar("Name", bound=str)
# Who asked, for what, and the first clause of each rule that did not hold then.
_Because = tuple[Actor, Any, tuple[Rule, ...], list[Clause]]


class Verdict:
    """The answer with its reason; true when allowed.

    Why something was refused is worked out when it is first read: most refusals only hide a button.
    """

    __slots__ = ("_because", "_missing", "_rule", "_told", "allowed", "permission")

    def __init__(
        self,
        allowed: bool,
        permission: str,
        rule: tuple[str, ...] = (),
        missing: tuple[Clause, ...] = (),
        because: "_Because | None" = None,
    ) -> None:
        self.allowed = allowed
        self.permission = permission
        self._rule = rule
        self._missing = missing
        self._because = because
        self._told = False

    def __bool__(self) -> bool:
        return self.allowed

    def __repr__(self) -> str:
        missing = [clause.name for clause in self.missing]
        return f"Verdict({self.allowed}, {self.permission!r}, {self.rule}, missing {missing})"

    @property
    def rule(self) -> tuple[str, ...]:
        """Names of the clauses of the rule that allowed it, or that came nearest."""
        if self._because is not None:
            self._explain(self._because)
        return self._rule

    @property
    def missing(self) -> tuple[Clause, ...]:
        """What did not hold of the nearest rule; empty when allowed."""
        if self._because is not None:
            self._explain(self._because)
        return self._missing

    @property
    def only_needs_strength(self) -> bool:
        """True when a stronger sign-in alone would turn the answer."""
        return bool(self.missing) and all(c.strength for c in self.missing)

    @property
    def held(self) -> bool:
        """True when only a hold on the account stands in the way."""
        actor = self._because[0] if self._because else None
        return bool(actor and actor.holds and self.again(replace(actor, holds=())))

    def again(self, actor: Actor) -> "Verdict":
        """The same question asked for another actor: signed in more strongly, in another role."""
        return decide(actor, self.permission, self.about)

    @property
    def about(self) -> Any:
        """The thing it was asked about; None when it was asked about the actor alone."""
        return self._because[1] if self._because else None

    def _explain(self, because: "_Because") -> None:
        if not self._told:
            self._told = True
            self._rule, self._missing = _nearest(because)


class Refused(Problem):
    """The actor may know the thing but may not do this to it."""

    status = 403
    what = N_("You cannot do this with the role you are using now.")
    todo = N_("Read the reasons below. Each one says who can change it.")

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict

    def __str__(self) -> str:
        return f"{self.verdict.permission}: not {', '.join(c.name for c in self.verdict.missing)}"


_rules: dict[str, tuple[Rule, ...]] = {}
_asked: ContextVar[set[str] | None] = ContextVar("permissions_asked", default=None)
_refused: ContextVar[list[Verdict] | None] = ContextVar("permissions_refused", default=None)


def register(rules: Mapping[Name, Sequence[Rule]]) -> None:
    """Add a room's table; a permission has one home.

    :raises ValueError: when a permission is declared twice with other clauses.
    """
    for permission, alternatives in rules.items():
        table = tuple(alternatives)
        if _rules.setdefault(permission, table) != table:
            raise ValueError(f"permission {permission} is declared twice")


def all_rules() -> Rules:
    """Every permission that the rooms have declared."""
    return _rules


def rules_for(actor: Actor, permission: str) -> tuple[Rule, ...]:
    """The rules this actor is asked: a hold goes before all; who stands in lacks some altogether.

    :raises KeyError: for a permission no room declared.
    """
    rules = _rules[permission]
    if actor.holds and (held := stopping(actor.holds, permission)) is not None:
        return ((held.missing,),)
    if (grant := actor.grant) is not None and permission in grant.without:
        return ((acts_in_own_right,),)
    return rules


def decide(actor: Actor, permission: str, thing: Any = None) -> Verdict:
    """May `actor` do `permission` to `thing`? The refusal names the rule that came nearest.

    :raises KeyError: for a permission no room declared.
    """
    if (asked := _asked.get()) is not None:
        asked.add(permission)
    rules = rules_for(actor, permission)
    failed: list[Clause] = []
    for rule in rules:
        for one in rule:
            if not one.test(actor, thing):
                failed.append(one)
                break
        else:
            return Verdict(True, permission, tuple([c.name for c in rule]))
    verdict = Verdict(False, permission, because=(actor, thing, rules, failed))
    if (refused := _refused.get()) is not None:
        refused.append(verdict)
    return verdict


def _nearest(because: _Because) -> tuple[tuple[str, ...], Rule]:
    """The rule that lacks least, and what it lacks.

    What failed when it was asked stays failed, also when the thing has changed since.
    """
    actor, thing, rules, failed = because
    told = {id(rule) for rule in telling(actor, rules)}
    lacking = [
        (rule, tuple(c for c in rule if c is first or not c.test(actor, thing)))
        for rule, first in zip(rules, failed, strict=True)
        if id(rule) in told
    ]
    rule, missing = min(lacking, key=lambda pair: len(pair[1]), default=((), ()))
    return tuple(c.name for c in rule), tuple(c.cited(actor) for c in missing)


def may(actor: Actor, permission: str, thing: Any = None) -> bool:
    """The bare yes or no, for drawing buttons."""
    return decide(actor, permission, thing).allowed


def require(actor: Actor, permission: str, thing: Any = None) -> None:
    """Go on only when allowed; while only reading, a hold alone does not stand in the way.

    :raises Refused: with the verdict.
    """
    verdict = decide(actor, permission, thing)
    if not verdict and not (only_reading() and verdict.held):
        raise Refused(verdict)


@contextmanager
def refusals() -> Iterator[list[Verdict]]:
    """Collect what is refused inside, in order: the reason that a 404 does not tell is kept so."""
    found: list[Verdict] = []
    token = _refused.set(found)
    try:
        yield found
    finally:
        _refused.reset(token)


@contextmanager
def watched() -> Iterator[set[str]]:
    """Collect which permissions are asked for inside; a page that asks for none has forgotten."""
    asked: set[str] = set()
    token = _asked.set(asked)
    try:
        yield asked
    finally:
        _asked.reset(token)
