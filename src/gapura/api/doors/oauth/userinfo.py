"""/oauth2/userinfo: what the bearer of an access token may know of the person (OIDC Core 5.3)."""

from django.conf import settings

from gapura.api.doors.oauth.calls import At, possession, ring_for, settled
from gapura.api.doors.oauth.fresh import random
from gapura.api.doors.oauth.reads import read
from gapura.api.doors.oauth.wire import Asked, Reply, endpoint
from gapura.kernel import clock
from gapura.sso.protocol import userinfo as rules
from gapura.sso.protocol.decisions import Call, Decision, Facts
from gapura.sso.protocol.parameters import Parameters, form, query

_NONE = Parameters({})


async def _userinfo(asked: Asked) -> Reply:
    body = form(asked.form) if asked.form else None
    line = query(asked.query) if asked.query else None
    presented = rules.presented(asked.authorization, body, line)
    now = clock.now()
    at = At(now, await ring_for(presented.token), settings.PUBLIC_URL)
    needs = rules.wants(presented, ring=at.ring, issuer=at.issuer, now=now)
    bound = str(((needs.token or {}).get("cnf") or {}).get("jkt", ""))
    proof = possession(asked, at, presented.token, bound)
    facts = await read(needs)
    if facts.issued_to is None:
        raise rules.invalid_token(presented.scheme, "client")
    call = Call(
        body or _NONE,
        facts.issued_to,
        needs,
        proof.jkt if proof else "",
        (proof.once,) if proof else (),
        presented.scheme,
    )
    return await settled(asked, call, facts, _decide, at)


def _decide(call: Call, facts: Facts, at: At) -> Decision:
    return rules.decide(call, facts, ring=at.ring, issuer=at.issuer, now=at.now, fresh=random)


userinfo = endpoint(_userinfo, methods=("GET", "HEAD", "POST"), cors=True, queries=True)
