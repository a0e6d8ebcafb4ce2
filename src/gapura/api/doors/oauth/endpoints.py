"""/oauth2/token, /par, /introspect, /revoke: what clients ask with their own proof."""

from collections.abc import Callable
from typing import Any

from gapura.api.doors.oauth.calls import At, Decide, Wants, answered
from gapura.api.doors.oauth.fresh import random
from gapura.api.doors.oauth.wire import Answer, Asked, Reply, endpoint
from gapura.sso.protocol import introspection, pushed, revocation
from gapura.sso.protocol import token as tokens
from gapura.sso.protocol.decisions import Call, Decision, Facts, Needs
from gapura.sso.protocol.parameters import Parameters


def _decides(decide: Callable[..., Decision]) -> Decide:
    def decided(call: Call, facts: Facts, at: At) -> Decision:
        return decide(call, facts, ring=at.ring, issuer=at.issuer, now=at.now, fresh=random)

    return decided


def _named(wants: Callable[[Parameters, str], Needs]) -> Wants:
    """What is wanted depends on the parameters alone."""
    return lambda parameters, speaker, _at: wants(parameters, speaker)


def _verified(wants: Callable[..., Needs]) -> Wants:
    """What is wanted stands in a token that has to be verified first."""

    def wanted(parameters: Parameters, speaker: str, at: At) -> Needs:
        return wants(parameters, speaker, ring=at.ring, issuer=at.issuer, now=at.now)

    return wanted


def _answer(wants: Wants, decide: Callable[..., Decision], **more: Any) -> Answer:
    decided = _decides(decide)

    async def answer(asked: Asked) -> Reply:
        return await answered(asked, wants, decided, **more)

    return answer


# Public clients in browsers get and give back tokens; introspection is between servers.
token = endpoint(_answer(_named(tokens.wants), tokens.decide, at_once=True), cors=True)
par = endpoint(_answer(_named(pushed.wants), pushed.decide, bare=True))
introspect = endpoint(_answer(_verified(introspection.wants), introspection.decide, presents=True))
revoke = endpoint(_answer(_verified(revocation.wants), revocation.decide, presents=True), cors=True)
