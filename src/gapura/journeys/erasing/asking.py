"""Asking to be erased: what goes, what stays by which law, and what stands against it now."""

from dataclasses import dataclass

from gapura.journeys.erasing.obstacles import Obstacle, obstacles
from gapura.kernel.actor import Actor
from gapura.kernel.erasures import all_ways
from gapura.kernel.holdings import Holding, all_holdings
from gapura.kernel.permissions import require
from gapura.privacy.errors import ErasureObstructed
from gapura.privacy.permissions import Can
from gapura.privacy.services import Asked, ask_erasure, decline_erasure


@dataclass(frozen=True, slots=True)
class Picture:
    """Classes of data that go, those that stay with the law, and what stands against erasing."""

    goes: tuple[Holding, ...]
    stays: tuple[tuple[Holding, str], ...]
    obstacles: tuple[Obstacle, ...]


def look(*, actor: Actor) -> Picture:
    """What would happen to the actor's own data.

    :raises Refused: nobody is signed in.
    """
    require(actor, Can.SEE_OWN_ERASURE)
    found, ways = all_holdings(), all_ways()
    kept = {one.name: way for one in found if isinstance(way := ways[one.name], str)}
    return Picture(
        tuple(one for one in found if one.name not in kept),
        tuple((one, kept[one.name]) for one in found if one.name in kept),
        obstacles(actor.who),
    )


def ask(*, actor: Actor) -> Asked:
    """Begin the time in which it can be undone. That somebody asked in vain is written down.

    :raises Refused: not proven a moment ago, or a hold on the account.
    :raises ErasureObstructed: a law ties the person to running work.
    :raises ErasureOpen: asked for already.
    """
    require(actor, Can.ASK_ERASURE, actor.who)
    if against := obstacles(actor.who):
        decline_erasure(actor=actor, obstacles=[one.code for one in against])
        raise ErasureObstructed()
    return ask_erasure(actor=actor)
