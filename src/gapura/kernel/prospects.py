"""What rules come to when the thing is not known, or known only by where it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from gapura.kernel.actor import Actor
from gapura.kernel.clauses import telling
from gapura.kernel.permissions import Clause, Rule, rules_for


class Answer(IntEnum):
    """Never for this actor, depending on the thing, or always."""

    NEVER = 0
    DEPENDS = 1
    ALWAYS = 2


class Unknown(Exception):
    """A clause looked at something of the thing that is not known."""


class SomeThing:
    """Stands for any thing that has the known properties; looking at another one is `Unknown`."""

    __slots__ = ("_known",)

    def __init__(self, **known: Any) -> None:
        self._known = known

    def __getattr__(self, name: str) -> Any:
        try:
            return self._known[name]
        except KeyError:
            raise Unknown(name) from None


ANYTHING = SomeThing()


@dataclass(frozen=True, slots=True)
class Prospect:
    """The best that the rules of a permission come to for an actor.

    `rule` is the one that comes nearest, `missing` its clauses that do not hold, `open` those that
    only the thing itself can tell.
    """

    answer: Answer
    permission: str
    rule: Rule = ()
    missing: tuple[Clause, ...] = ()
    open: tuple[Clause, ...] = ()

    @property
    def only_needs_strength(self) -> bool:
        """True when a stronger sign-in alone would turn the answer."""
        return bool(self.missing) and all(c.strength for c in self.missing)


def clause_answer(clause: Clause, actor: Actor, thing: Any = ANYTHING) -> Answer:
    """What one clause comes to."""
    try:
        return Answer.ALWAYS if clause.test(actor, thing) else Answer.NEVER
    except Unknown:
        return Answer.DEPENDS


def rule_answer(rule: Rule, actor: Actor, thing: Any = ANYTHING) -> Answer:
    """What a rule comes to: as much as its weakest clause."""
    return min((clause_answer(c, actor, thing) for c in rule), default=Answer.ALWAYS)


def prospect(actor: Actor, permission: str, thing: Any = ANYTHING) -> Prospect:
    """The best rule of a permission; of equal ones the one that lacks least.

    :raises KeyError: for a permission no room declared.
    """
    rules = telling(actor, rules_for(actor, permission))
    return best(_of_rule(actor, permission, rule, thing) for rule in rules)


def best(prospects: Iterable[Prospect]) -> Prospect:
    """The most favorable of some prospects; the first of equal ones.

    :raises ValueError: when there are none.
    """
    return max(prospects, key=_worth)


def _worth(found: Prospect) -> tuple[int, int, int]:
    return found.answer, -len(found.missing), -len(found.open)


def _of_rule(actor: Actor, permission: str, rule: Rule, thing: Any) -> Prospect:
    answers = [(c, clause_answer(c, actor, thing)) for c in rule]
    return Prospect(
        min((answer for _, answer in answers), default=Answer.ALWAYS),
        permission,
        rule,
        tuple(c.cited(actor) for c, answer in answers if answer is Answer.NEVER),
        tuple(c for c, answer in answers if answer is Answer.DEPENDS),
    )
