"""The end of a sign-in: a flow becomes a signed-in session, or the person is turned away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from gapura.accounts.queries import Brief, recipient
from gapura.authentication import events
from gapura.authentication.endings import sessions_ended
from gapura.authentication.errors import FlowOver
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import Session
from gapura.authentication.places import place_of
from gapura.authentication.queries.arriving import Standing
from gapura.authentication.queries.passwords import due_by_age
from gapura.authentication.queries.rules import population_of, sign_in_rules
from gapura.authentication.queries.sessions import life_of
from gapura.authentication.rules import NO_ENTRY, Flow, Step, device_name
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.known_devices import Remembered, remember
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.sessions import (
    SECURITY_PAGE,
    SignIn,
    note,
    rotate,
    signed_in_as,
)
from gapura.authentication.tokens import new_token, token_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.notifications.services import ring


def enter(
    actor: Actor, row: Session, person: Brief, standing: Standing, *methods: str, acr: int
) -> SignIn:
    """Make a flow's session a signed-in one; tells the person about a device not seen before.

    The caller holds the lock of the account since before its `standing` was read. Everything is
    proved by now, so this is where somebody learns that the account is locked or suspended: then
    the answer's step is `turned_away`, and nobody is signed in.
    """
    if why := person.state if person.state in NO_ENTRY else standing.lock:
        return _turn_away(actor, row, person, why)
    known = remember(actor, person.id, row.device_id or standing.device)
    token = _admit(actor, row, person.id, known.id, acr=acr, methods=" ".join(methods))
    others = _make_room(person.id, row.id, clock.now()) if standing.beside else 0
    who = signed_in_as(actor, person, row)
    is_new = known.is_new
    note(who, events.SIGNED_IN, person, acr=acr, methods=list(methods), new_device=is_new)
    done = SignIn(token, row.id, Step.DONE, acr=acr, device=known.token, others=others)
    remind = _judge_age(who, person, standing)
    _tell(who, row, person, known, others)
    asks = standing.asks_profile
    return replace(done, kept=standing.kept, remind=remind, asks_profile=asks)


# The row of a flow becomes that of somebody who is signed in, with a new token.
_ADMIT = """
    WITH seen AS (
      UPDATE authentication_device SET last_seen_at = %(now)s::timestamptz WHERE id = %(device)s
    )
    UPDATE authentication_session SET
      token_hash = %(token)s, person_id = %(person)s, acr = %(acr)s, methods = %(methods)s,
      "grant" = NULL, flow = NULL, signed_in_at = %(now)s::timestamptz,
      proved_at = %(now)s::timestamptz, last_seen_at = %(now)s::timestamptz, ip = %(ip)s::inet,
      user_agent = %(agent)s, device_id = %(device)s, place = %(place)s
    WHERE id = %(session)s AND ended_at IS NULL
"""


def _admit(
    actor: Actor, row: Session, person: UUID, device: UUID, *, acr: int, methods: str
) -> str:
    """The new token of the session."""
    token, place = new_token(), place_of(actor.ip)
    row.acr, row.signed_in_at, row.place = acr, clock.now(), place.name if place else ""
    given: dict[str, Any] = {
        "session": row.id,
        "token": token_hash(token),
        "person": person,
        "acr": acr,
        "methods": methods,
        "now": row.signed_in_at,
        "ip": actor.ip,
        "agent": actor.user_agent[:300],
        "device": device,
        "place": row.place,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADMIT, given)
        if not cursor.rowcount:
            raise FlowOver()
    return token


def _judge_age(who: Actor, person: Brief, standing: Standing) -> bool:
    """True when a new password is asked for; where the rule in force demands one, it is flagged."""
    if standing.changed_at is None:
        return False
    due = due_by_age(person.id, standing.changed_at, standing.reminded_at)
    if due == "expired" and passwords.demand(person.id, due):
        note(who, events.PASSWORD_DEMANDED, person, why=due, sessions_ended=0)
    return due == "remind"


def _turn_away(actor: Actor, row: Session, person: Brief, why: str) -> SignIn:
    flow = Flow(Step.TURNED_AWAY, clock.now())
    token = rotate(row, flow=flow.to_json())
    note(actor, events.TURNED_AWAY, person, done=False, why=why)
    return SignIn(token, row.id, Step.TURNED_AWAY)


def _make_room(person: UUID, this: UUID, now: datetime) -> int:
    """End what is beyond the rule `sessions_at_once`, longest unseen first.

    Answers how many other sign-ins stay open.
    """
    population = population_of(person)
    life = life_of(population)
    live = Session.objects.filter(
        Q(last_seen_at__gt=now - life.idle) & Q(signed_in_at__gt=now - life.absolute),
        person=person,
        acr__gt=0,
        ended_at__isnull=True,
    ).exclude(pk=this)
    newest_first = list(live.order_by("-last_seen_at").values_list("pk", flat=True))
    room = max(0, int(sign_in_rules("sessions_at_once", population)["most"]) - 1)
    if surplus := newest_first[room:]:
        Session.objects.filter(pk__in=surplus).update(ended_at=now, end_reason="too_many")
        sessions_ended(person)
    return min(len(newest_first), room)


def _tell(who: Actor, row: Session, person: Brief, known: Remembered, others: int) -> None:
    device = device_name(who.user_agent)
    if known.is_new:
        facts = {
            "at": row.signed_in_at,
            "device": device,
            "ip": who.ip or "",
            "place": row.place,
            "not_me": link_for(person.id, "sign_in", row.id),
        }
        mail = "authentication/mail/new_device.txt"
        tell_all_channels(person.id, mail, facts, link=SECURITY_PAGE)
    if others:
        note(who, events.BESIDE_OTHERS, person, sessions=others)
        bell = "authentication/bell/beside_others.txt"
        ring(recipient(person), bell, {"device": device}, link=f"{SECURITY_PAGE}#devices")
