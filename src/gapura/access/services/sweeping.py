"""The whole nightly round, batch by batch: what has gone, what is new, delegations left over."""

from collections.abc import Callable
from uuid import UUID

from gapura.access.services.delegations import end_stray_delegations
from gapura.access.services.findings import Swept, clear_findings, find_conflicts
from gapura.kernel.actor import Actor

_FIRST = UUID(int=0)


def sweep_all(*, actor: Actor) -> tuple[int, int]:
    """Go through all findings and all people; answers how many were cleared and found.

    Each batch is a transaction of its own: an interrupted round does no harm, and a second one
    finds nothing new.

    :raises Refused: a person tried.
    """
    while end_stray_delegations(actor=actor):
        pass
    return _round(clear_findings, actor), _round(find_conflicts, actor)


def _round(batch: Callable[..., Swept], actor: Actor) -> int:
    total, after = 0, _FIRST
    while True:
        done = batch(actor=actor, after=after)
        total += done.found
        if done.last is None:
            return total
        after = done.last
