"""What today's rules say of a person's password: feedback, age, and whether it must be replaced."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from gapura.authentication.errors import NothingToReplace
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Passkey, Password
from gapura.authentication.permissions import Can
from gapura.authentication.queries.rules import OTHERS, password_policy, sign_in_rules
from gapura.authentication.rules import POPULATIONS, PasswordContext, PasswordPolicy
from gapura.authentication.strength import Feedback, feedback
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import Refused, decide, require


@dataclass(frozen=True, slots=True)
class PasswordAge:
    """A password's age in days, and the days after which the rule in force asks for a new one."""

    changed_at: datetime
    days: int
    validity_days: int


@dataclass(frozen=True, slots=True)
class PasswordCount:
    """For reports: people with a password, how many must replace it, how many put that off."""

    people: int
    demanded: int
    put_off: int


def password_feedback(text: str, about: PasswordContext, person: UUID | None = None) -> Feedback:
    """Problems of a password and its strength from 0 to 4, by the rule that holds for `person`.

    Without a person by the rule for everybody who is new.
    """
    return feedback(text, about, password_policy(person))


def password_rule(actor: Actor) -> PasswordPolicy:
    """The rule under which the actor chooses a password; also while nothing else is allowed."""
    return password_policy(actor.person)


def must_change(actor: Actor) -> str:
    """Why this session leads to a new password only (a code of `MUST_CHANGE`), or an empty text."""
    return str(actor.facts.get("must_change", ""))


def confined(actor: Actor, why: str) -> Actor:
    """The actor until the new password that is demanded is chosen: no role works."""
    return replace(actor, grants=(), grant=None, facts={**actor.facts, "must_change": why})


def password_due(person: UUID) -> str:
    """What age asks for: `expired` (a new one now), `remind` (a new one soon), or an empty text."""
    found = passwords.standing(person)
    return "" if found is None else due_by_age(person, found[0], found[2])


def due_by_age(person: UUID, changed_at: datetime, reminded_at: datetime | None) -> str:
    """The same of a password with these dates; one that is young under every rule costs nothing."""
    now = clock.now()
    if not any(policy.over(changed_at, now) for policy in _policies()):
        return ""
    policy = password_policy(person)
    if not policy.over(changed_at, now):
        return ""
    due = "expired" if policy.expiry_mode == "force" else "remind"
    if due == "remind" and not policy.reminds(changed_at, reminded_at, now):
        return ""
    return "" if exempt(person, policy) else due


def _policies() -> list[PasswordPolicy]:
    """What today's rules ask of anybody at all."""
    everybody = (*POPULATIONS, OTHERS)
    return [PasswordPolicy.of(sign_in_rules("password", each)) for each in everybody]


def password_reminder(actor: Actor) -> PasswordAge | None:
    """Time to ask the actor for a new password; None when it is young or was put off lately."""
    require(actor, Can.POSTPONE_PASSWORD)
    found = passwords.standing(actor.who)
    if found is None or password_due(actor.who) != "remind":
        return None
    policy = password_policy(actor.who)
    return PasswordAge(found[0], policy.age(found[0], clock.now()), policy.validity_days)


def password_demanded(actor: Actor) -> str:
    """Why the actor must choose a new password now, a code of `MUST_CHANGE`.

    :raises NothingToReplace: none is demanded.
    :raises Refused: the proof in this session is older than 20 minutes.
    """
    verdict, why = decide(actor, Can.REPLACE_PASSWORD), must_change(actor)
    if not why:
        raise NothingToReplace()
    if not verdict:
        raise Refused(verdict)
    return why


def exempt(person: UUID, policy: PasswordPolicy) -> bool:
    """Whoever can sign in with a passkey need not change the password, where the rule says so."""
    if not policy.exempt_if_passkey:
        return False
    return Passkey.objects.filter(person=person, cloned_at__isnull=True).exists()


def password_counts(actor: Actor) -> PasswordCount:
    """How the passwords stand, for whoever keeps the rules."""
    require(actor, Can.SEE_RULES)
    rows = Password.objects.all()
    return PasswordCount(
        people=rows.count(),
        demanded=rows.exclude(must_change="").count(),
        put_off=rows.filter(reminded_at__isnull=False).count(),
    )
