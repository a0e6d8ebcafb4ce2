"""What every endpoint of a proven client does: read, prove, decide, write, and only then answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.conf import settings

from gapura.api.doors.oauth import limits
from gapura.api.doors.oauth.at_once import Recorded, record
from gapura.api.doors.oauth.keys import keys
from gapura.api.doors.oauth.reads import read, remembered
from gapura.api.doors.oauth.telling import entry_of, refused_entry
from gapura.api.doors.oauth.wire import Asked, Reply
from gapura.api.doors.oauth.writes import Commit, commit, is_noted
from gapura.kernel import clock
from gapura.sso.protocol import client_auth
from gapura.sso.protocol.decisions import (
    Call,
    Decision,
    Facts,
    Needs,
    Once,
    Write,
    refused,
    replayed,
)
from gapura.sso.protocol.dpop import DpopProof, read_proof
from gapura.sso.protocol.encoding import from_base64url, from_json
from gapura.sso.protocol.metadata import Addresses
from gapura.sso.protocol.parameters import Parameters, form
from gapura.sso.protocol.problems import OAuthProblem
from gapura.sso.protocol.records import Client
from gapura.sso.protocol.ring import Ring

log = logging.getLogger(__name__)

# How often facts are read again because somebody was first. The second reading already shows who.
TRIES = 3
_LONGEST_HEADER = 2048


@dataclass(frozen=True, slots=True)
class At:
    """The moment and the keys that one request is decided with."""

    now: datetime
    ring: Ring
    issuer: str


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a request says, nothing of it believed yet, and what has to be looked up for it."""

    parameters: Parameters
    credentials: client_auth.Credentials
    needs: Needs


Wants = Callable[[Parameters, str, At], Needs]
Decide = Callable[[Call, Facts, At], Decision]


async def answered(
    asked: Asked,
    wants: Wants,
    decide: Decide,
    *,
    bare: bool = False,
    presents: bool = False,
    at_once: bool = False,
) -> Reply:
    """Answer one request of a client.

    `bare` counts those that prove nothing, by address; `presents` means that a token comes along
    whose key this worker may not have read yet; `at_once` tries the short way first.

    :raises OAuthProblem: refused before anything was decided.
    """
    parameters = form(asked.form)
    credentials = await _presented(asked, parameters)
    ring = await ring_for(parameters.get("token")) if presents else await keys.ring()
    at = At(clock.now(), ring, settings.PUBLIC_URL)
    spoken = Spoken(parameters, credentials, wants(parameters, credentials.client_id, at))
    if at_once and (told := await _at_once(asked, spoken, decide, at)):
        return told
    return await _at_length(asked, spoken, decide, at, bare=bare)


async def _at_length(asked: Asked, spoken: Spoken, decide: Decide, at: At, *, bare: bool) -> Reply:
    """What was asked for is read, and what was decided with it is written."""
    facts = await read(spoken.needs)
    proof = await _proven(asked, spoken.credentials, facts, at)
    dpop = possession(asked, at)
    client = facts.client
    assert client is not None  # noqa: S101 - `_proven` refused it
    if bare and client.public:
        await limits.count(limits.PUSHED_BARE, asked.address)
    call = Call(
        spoken.parameters,
        client,
        spoken.needs,
        dpop.jkt if dpop else "",
        tuple(once for one in (proof, dpop) if one and (once := one.once)),
    )
    return await settled(asked, call, facts, decide, at)


async def _at_once(asked: Asked, spoken: Spoken, decide: Decide, at: At) -> Reply | None:
    """The answer to a remembered client for which an entry is all that is written, else None.

    Whatever does not fit, a wrong secret too, is decided again with what the database knows.
    """
    known = None if asked.dpop else remembered(spoken.needs)
    if known is None or not is_noted(known[1].id):
        return None
    version, client = known
    try:
        if _authenticated(client, spoken.credentials, asked, at).once:
            return None
    except OAuthProblem:
        return None
    decision = decide(Call(spoken.parameters, client, spoken.needs), Facts(client=client), at)
    if decision.event is None or decision.writes:
        return None
    entry = entry_of(decision.event, client, asked)
    is_so = await record(Recorded(entry, client.client_id, version))
    return reply_of(decision) if is_so else None


async def settled(asked: Asked, call: Call, facts: Facts, decide: Decide, at: At) -> Reply:
    """Decide and write until nobody was first in between; what was decided is durable then."""
    for _ in range(TRIES):
        decision = decide(call, facts, at)
        lost = await _written(decision, call, facts, asked)
        if lost is None:
            return reply_of(decision)
        if isinstance(lost, Once):
            return reply_of(refused(replayed(lost)))
        facts = await read(call.needs)
    told = "others used this at the same moment, try again"
    raise OAuthProblem("temporarily_unavailable", told, 503, "contended", (("Retry-After", "1"),))


async def _written(decision: Decision, call: Call, facts: Facts, asked: Asked) -> Write | None:
    """The write for which somebody was first, or None when all is on disk."""
    if decision.event is None and (not decision.writes or _is_strangers(decision, call)):
        return None
    entry = entry_of(decision.event, call.client, asked) if decision.event else None
    found = facts.rests_on if decision.problem is None else None
    return await commit(Commit(decision.writes, entry, call.client.id, found.id if found else None))


def _is_strangers(decision: Decision, call: Call) -> bool:
    """Nothing came of it, and whoever asked has proven nothing: then no row is spent on the proof.

    Anybody may name a public client and make a key for each request.
    """
    return call.client.public and decision.problem is not None


async def ring_for(token: str) -> Ring:
    """The keys, with that of this token where it is one of ours that was made a moment ago."""
    return await keys.ring_with(_kid(token.partition(".")[0]))


@lru_cache(64)
def _kid(header: str) -> str:
    """What a token says of its key; nothing of it is believed, it is only looked for."""
    if len(header) > _LONGEST_HEADER:
        return ""
    try:
        return str(from_json(from_base64url(header)).get("kid", ""))
    except ValueError:
        return ""


def reply_of(decision: Decision) -> Reply:
    """A decision as it goes over the wire."""
    return Reply(decision.status, decision.body, decision.headers)


def possession(asked: Asked, at: At, token: str | None = None, jkt: str = "") -> DpopProof | None:
    """The proof of a key that came along; None without one (RFC 9449 5)."""
    if not asked.dpop:
        return None
    return read_proof(
        asked.dpop,
        method=asked.method,
        url=asked.url,
        now=at.now,
        access_token=token,
        expected_jkt=jkt,
    )


async def _presented(asked: Asked, parameters: Parameters) -> client_auth.Credentials:
    try:
        return client_auth.presented(asked.authorization, parameters)
    except OAuthProblem as problem:
        if problem.error == "invalid_client":
            # It names nobody whom an entry of the log could be about.
            log.warning("client authentication refused (%s) at %s", problem.why, asked.address)
            await limits.count(limits.FAILED, asked.address)
        raise


async def _proven(
    asked: Asked, credentials: client_auth.Credentials, facts: Facts, at: At
) -> client_auth.Proof:
    """Whether it is that client; a failure is counted, and told before the reply (ASVS V16.3.1)."""
    client = facts.client
    try:
        return _authenticated(client, credentials, asked, at)
    except OAuthProblem as problem:
        # Names that do not exist are counted together: else each would begin with nothing.
        about = (client.client_id,) if client else ()
        await limits.count(limits.FAILED, asked.address, *about)
        entry = refused_entry(client, credentials.client_id, problem.why, asked)
        await commit(Commit(entry=entry))
        raise


def _authenticated(
    client: Client | None, credentials: client_auth.Credentials, asked: Asked, at: At
) -> client_auth.Proof:
    endpoints = (Addresses(at.issuer).token, asked.url)
    return client_auth.authenticate(
        client, credentials, issuer=at.issuer, endpoint_urls=endpoints, now=at.now
    )
