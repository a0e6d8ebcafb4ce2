"""Clauses: predicates with the sentence of their refusal; those that every room uses."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.texts import N_

Test = Callable[[Actor, Any], bool]
# ASVS 5.0 V7.5.1: changes to factors and contacts need a proof this young.
FRESH = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Clause:
    """A predicate with the sentence that is shown when it does not hold.

    `law` cites the rule it comes from, `mend` says who can change the fact, `link` where;
    `strength` marks a fact that signing in again, more strongly, would change. `cites` finds the
    citation where it stands in a dated row; it is asked only for a refusal.
    """

    name: str
    test: Test
    says: str
    law: str = ""
    mend: str = ""
    link: str = ""
    strength: bool = False
    cites: Callable[[Actor], str] | None = None

    def __call__(self, actor: Actor, thing: Any = None) -> bool:
        return self.test(actor, thing)

    def cited(self, actor: Actor) -> "Clause":
        """The same with the citation that holds for this actor."""
        return replace(self, law=self.cites(actor)) if self.cites else self


Rule = tuple[Clause, ...]
Rules = Mapping[str, tuple[Rule, ...]]


def clause(
    says: str,
    *,
    law: str = "",
    mend: str = "",
    link: str = "",
    strength: bool = False,
    cites: Callable[[Actor], str] | None = None,
) -> Callable[[Test], Clause]:
    """Make a predicate of a small function; `says` is what is missing when it is false."""

    def make(test: Test) -> Clause:
        return Clause(test.__name__, test, says, law, mend, link, strength, cites)

    return make


@clause(
    N_("You need to be signed in."),
    mend=N_("You can: sign in with your username and password."),
    link="/login",
)
def is_signed_in(actor: Actor, thing: Any) -> bool:
    """Password and any second factor."""
    return actor.signed_in


@clause(
    N_("You need to have signed in with your authenticator app."),
    law=N_("NIST SP 800-63B-4: an e-mail code is not enough for approvals and for money."),
    mend=N_("You can: enter a code from your authenticator app."),
    link="/login/step-up",
    strength=True,
)
def signed_in_strongly(actor: Actor, thing: Any) -> bool:
    """Authenticator app or passkey (acr 2 or more)."""
    return actor.acr >= 2


@clause(
    N_("For safety we need to see once more that it is you."),
    law=N_("ASVS 5.0 V7.5.1: changes to the ways of signing in need a fresh proof."),
    mend=N_("You can: confirm with a code, then come back to this page."),
    link="/login/step-up",
    strength=True,
)
def proved_recently(actor: Actor, thing: Any) -> bool:
    """A factor was proved within the last 20 minutes of this session."""
    proved_at = actor.facts.get("proved_at")
    return isinstance(proved_at, datetime) and clock.now() - proved_at < FRESH


@clause(N_("This is done by the system on its own time."))
def is_the_system(actor: Actor, thing: Any) -> bool:
    """Scheduled work, never a person."""
    return bool(actor.system)


def telling(actor: Actor, rules: Sequence[Rule]) -> Sequence[Rule]:
    """The rules whose clauses say something to this actor: to people not those of the system.

    Where there are no others, these.
    """
    if actor.system:
        return rules
    # By identity: comparing clauses field by field would cost more than the decision.
    return [rule for rule in rules if all(one is not is_the_system for one in rule)] or rules


@clause(N_("This is for people who have not signed in."))
def anyone(actor: Actor, thing: Any) -> bool:
    """Public: always holds."""
    return True


def _law_of_standing(actor: Actor) -> str:
    return actor.grant.without_law if actor.grant else ""


def _law_of_conflict(actor: Actor) -> str:
    return actor.grant.conflict if actor.grant else ""


@clause(
    N_("Someone who stands in cannot do this."),
    mend=N_("The officer who is stood in for can, or whoever appoints a new one."),
    link="/help/conflicts",
    cites=_law_of_standing,
)
def acts_in_own_right(actor: Actor, thing: Any) -> bool:
    """Asked by `decide` in place of all rules where standing in lacks the permission."""
    return actor.grant is None or not actor.grant.without


@clause(
    N_("You hold another role that excludes this one, so neither of the two can be used for this."),
    mend=N_("The verifier of your agency can end one of the two roles."),
    link="/account/access",
    cites=_law_of_conflict,
)
def acts_without_conflict(actor: Actor, thing: Any) -> bool:
    """No rule of law forbids the active role beside another working one of the person."""
    return actor.grant is None or not actor.grant.conflict
