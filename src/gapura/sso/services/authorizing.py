"""The authorization endpoint: from what a browser brought to the way back, or what is missing.

What the protocol decides is read, decided and written here. A request that has to wait for a person
is kept on our side: its address then holds nothing but a handle, which passes through every page of
the sign-in and cannot be altered on the way.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from gapura.authentication.queries import factors_of
from gapura.kernel import clock, throttle
from gapura.kernel.actor import Actor
from gapura.kernel.addresses import address_key
from gapura.kernel.permissions import require
from gapura.sso.permissions import Can
from gapura.sso.protocol import authorize as protocol
from gapura.sso.protocol.authorize import KEPT_LIFE, Asked, Need, Returned
from gapura.sso.protocol.parameters import query
from gapura.sso.protocol.ring import Ring
from gapura.sso.queries.asking import Known, known_for, signed_in_at, waiting_for
from gapura.sso.queries.keys import ring
from gapura.sso.services.consents import give_consent
from gapura.sso.services.fresh import FRESH
from gapura.sso.services.outcomes import Application, Leave, Stop, texts_of
from gapura.sso.services.writing import held_consent, note, over, write

# So many sign-ins may begin from one address, a whole ministry behind it, in ten minutes.
KEPT = throttle.Limit("sso.kept", 600, 600)
_NAME = "kept"
_PASSKEY = 3
_HINT = "id_token_hint"
_NO_KEYS = Ring(())


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked, what is known of it, when it first came, and its handle once it waits."""

    asked: Asked
    known: Known
    at: datetime
    kept: str = ""

    @property
    def application(self) -> Application:
        return Application.of(self.asked.client, self.known.logo)


def authorize_client(*, actor: Actor, query_text: str) -> Leave | Stop:
    """Decide on what came from a browser, or on a request that waited here (`kept`).

    Nothing is written but the code, or the request that has to wait.

    :raises OAuthProblem: to be shown; the browser must not be sent anywhere.
    :raises TooMany: too many wait already for this address.
    """
    parameters = query(query_text)
    if parameters.names == {_NAME}:
        return _waited(actor, parameters.get(_NAME), _go_on)
    known, now = known_for(actor, protocol.wants(parameters)), clock.now()
    try:
        asked = protocol.read(
            parameters,
            known.facts,
            ring=_ring(known, parameters.names),
            issuer=settings.PUBLIC_URL,
            now=now,
        )
        return _go_on(actor, _Request(asked, known, now))
    except Returned as refusal:
        return _sent_back(refusal, known)


def allow_client(*, actor: Actor, kept: str) -> Leave | Stop:
    """The person allows all that this request asks: remembered, and answered at once.

    :raises OAuthProblem: it was answered before, or waited too long.
    """
    return _waited(actor, kept, _allowed)


def deny_client(*, actor: Actor, kept: str) -> Leave | Stop:
    """The person allows nothing; the application is told so.

    :raises OAuthProblem: it was answered before, or waited too long.
    """
    return _waited(actor, kept, _denied)


def _waited(
    actor: Actor, kept: str, act: Callable[[Actor, _Request], Leave | Stop]
) -> Leave | Stop:
    handle, now = protocol.kept_handle(kept), clock.now()
    known = waiting_for(actor, handle) if handle else Known()
    row = known.pushed
    if handle is None or row is None or known.client is None:
        raise over()
    if row.used_at is not None or row.expires_at <= now or not known.client.active:
        raise over()
    try:
        asked = protocol.read_kept(
            row.parameters,
            known.client,
            jkt=row.jkt,
            handle=handle,
            ring=_ring(known, ()),
            issuer=settings.PUBLIC_URL,
            now=now,
        )
        return act(actor, _Request(asked, known, row.expires_at - KEPT_LIFE, kept))
    except Returned as refusal:
        return _sent_back(refusal, known)


def _ring(known: Known, names: Collection[str]) -> Ring:
    """The keys, where a hint has to be read; few requests bring one."""
    kept = known.pushed.parameters if known.pushed else {}
    return ring() if _HINT in names or _HINT in kept else _NO_KEYS


def _go_on(actor: Actor, request: _Request) -> Leave | Stop:
    need = _need(actor, request)
    if need is Need.NOTHING:
        return _granted(actor, request)
    return _stop(actor, request, need)


def _need(actor: Actor, request: _Request) -> Need:
    """What is missing; a level that is only wished for, and cannot be had, is not."""
    asked = request.asked
    signed_in = signed_in_at(actor, asked.client)
    times = {"asked_at": request.at, "now": clock.now()}
    need = protocol.needs(asked, signed_in, request.known.consented, **times)
    if need is Need.STEP_UP and signed_in is not None and signed_in.acr >= asked.acr:
        tried = signed_in.signed_in_at >= request.at
        if tried or not _can_reach(actor, asked.wished):
            asked = replace(asked, wished=asked.acr)
            return protocol.needs(asked, signed_in, request.known.consented, **times)
    return need


def _can_reach(actor: Actor, level: int) -> bool:
    """The person has a factor of that strength."""
    factors = factors_of(actor)
    return factors.passkeys > 0 if level >= _PASSKEY else factors.has_strong


def _stop(actor: Actor, request: _Request, need: Need) -> Stop:
    asked, kept = request.asked, request.kept
    if not kept:
        kept, kept_write = protocol.keep(asked, FRESH, request.at)
        # A pushed request has come to its browser; from here on this is it (RFC 9126 7.3).
        if not actor.signed_in:
            throttle.count(KEPT, address_key(actor.ip))
        write((*asked.writes, kept_write))
    known = request.known.consented or frozenset()
    return Stop(
        need,
        kept,
        is_new=not request.kept,
        application=request.application,
        back=asked.back,
        person=actor.person,
        new=texts_of(asked.consents - known),
        known=texts_of(asked.consents & known),
        least_acr=max(asked.acr, asked.wished),
        login_hint=asked.login_hint,
        languages=tuple(asked.ui_locales.split()),
    )


def _allowed(actor: Actor, request: _Request) -> Leave | Stop:
    """Consent alone may be what is missing: no form skips a sign-in that was asked for."""
    if _need(actor, request) is not Need.CONSENT:
        return _go_on(actor, request)
    client = request.asked.client
    with transaction.atomic():
        give_consent(
            actor=actor,
            client=client.id,
            client_id=client.client_id,
            name=client.name,
            scopes=request.asked.consents,
        )
        return _granted(actor, request)


def _denied(actor: Actor, request: _Request) -> Leave | Stop:
    asked = request.asked
    write(asked.writes)
    if _need(actor, request) is Need.STEP_UP:
        return _sent_back(protocol.unmet(asked), request.known)
    return _sent_back(protocol.denied(asked), request.known)


def _granted(actor: Actor, request: _Request) -> Leave | Stop:
    """The code, what it rests on and the entry of the log: all or nothing."""
    require(actor, Can.GIVE_AUTHORIZATION)
    asked = request.asked
    signed_in = signed_in_at(actor, asked.client)
    if signed_in is None:
        raise over()
    granted = protocol.grant_code(
        asked,
        signed_in,
        asked.consents,
        issuer=settings.PUBLIC_URL,
        now=clock.now(),
        fresh=FRESH,
    )
    with transaction.atomic():
        if asked.client.asks_consent:
            held = held_consent(actor.who, asked.client.id)
            if asked.consents - (held or frozenset()):
                # Taken back in another window since it was read.
                return _go_on(actor, replace(request, known=replace(request.known, consented=held)))
        write(granted.writes)
        note(actor, asked.client, granted)
    return Leave(granted.answer, request.application)


def _sent_back(refusal: Returned, known: Known) -> Leave:
    if known.client is None:
        raise refusal.problem
    application = Application.of(known.client, known.logo)
    return Leave(refusal.answer(settings.PUBLIC_URL), application)
