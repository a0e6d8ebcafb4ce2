"""When a stronger sign-in is the way on: roles that a weak one holds back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import Verdict, decide

_STRONG = 2


def held_back(actor: Actor) -> Iterator[ActiveGrant]:
    """The person's roles that this sign-in is too weak for."""
    return (grant for grant in actor.grants if grant.least_acr > actor.acr)


def held_back_role_may(actor: Actor, permission: str) -> bool:
    """True when one of the person's roles would open a page after a stronger sign-in."""
    return any(
        decide(replace(actor, acr=grant.least_acr, grant=grant), permission)
        for grant in held_back(actor)
    )


def would_open(actor: Actor, refused: Iterable[Verdict]) -> bool:
    """True when what was refused last, about a thing, is allowed to the actor signed in strongly.

    Then the person may know the thing, so it is no leak to ask for the code instead of saying that
    there is no such page. What others may know only, or nobody made, stays a 404 either way.
    """
    last = next(reversed(list(refused)), None)
    if last is None or last.about is None or not actor.signed_in:
        return False
    ways = {actor.grant, *held_back(actor)} if actor.acr < _STRONG else set(held_back(actor))
    return any(
        last.again(replace(actor, acr=max(_STRONG, grant.least_acr if grant else 0), grant=grant))
        for grant in ways
    )
