"""Carries the plan out: the table of its verbs, and the way a round is brought in."""

from collections.abc import Mapping
from types import MappingProxyType

from gapura.kernel import clock
from gapura.ops.seeding.doing import (
    accounts,
    cases,
    goods,
    letters,
    purchases,
    requests,
    standings,
    visits,
)
from gapura.ops.seeding.doing.world import Verb, World
from gapura.ops.seeding.rounds import Round

VERBS: Mapping[str, Verb] = MappingProxyType(
    {
        **accounts.VERBS,
        **requests.VERBS,
        **letters.VERBS,
        **standings.VERBS,
        **goods.VERBS,
        **cases.VERBS,
        **visits.VERBS,
        **purchases.VERBS,
    }
)


def carry_out(world: World, part: Round) -> None:
    """Do everything of a round, each deed at its moment; the caller holds the transaction."""
    for deed in part.deeds:
        with clock.frozen(deed.at):
            VERBS[deed.verb](world, deed)
    world.write_orders()
    world.write_sign_ins()
