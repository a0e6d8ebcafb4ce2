"""The end of a sign-in: a flow becomes a signed-in session, or the person is turned away."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from gapura.accounts.queries import recipient
from gapura.authentication import events
from gapura.authentication.methods import password as passwords
from gapura.authentication.models import KeptForm, Session
from gapura.authentication.places import place_of
from gapura.authentication.queries.locks import lock_of
from gapura.authentication.queries.passwords import password_due
from gapura.authentication.queries.rules import population_of, sign_in_rules
from gapura.authentication.queries.sessions import life_of
from gapura.authentication.rules import NO_ENTRY, Flow, Step, device_name
from gapura.authentication.services.disavowals import link_for
from gapura.authentication.services.known_devices import Remembered, known_device, remember
from gapura.authentication.services.locks import one_at_a_time
from gapura.authentication.services.notices import tell_all_channels
from gapura.authentication.services.sessions import (
    SECURITY_PAGE,
    SignIn,
    note,
    rotate,
    signed_in_as,
)
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.notifications.services import ring

if TYPE_CHECKING:
    from gapura.accounts.models import Person


def enter(actor: Actor, row: Session, person: Person, *methods: str, acr: int) -> SignIn:
    """Make a flow's session a signed-in one; tells the person about a device not seen before.

    Everything is proved by now, so this is where somebody learns that the account is locked or
    suspended: then the answer's step is `turned_away`, and nobody is signed in.
    """
    one_at_a_time(person.id)
    if why := _barred(person):
        return _turn_away(actor, row, person, why)
    now = clock.now()
    known = remember(actor, person.id, row.device_id or known_device(person.id, actor))
    token = _rotate_in(actor, row, person.id, known.id, acr=acr, methods=" ".join(methods))
    others = _make_room(person.id, row.id, now)
    who = signed_in_as(actor, person, row)
    is_new = known.is_new
    note(who, events.SIGNED_IN, person, acr=acr, methods=list(methods), new_device=is_new)
    done = SignIn(token, row.id, Step.DONE, acr=acr, device=known.token, others=others)
    remind = _judge_age(who, person)
    _tell(who, row, person, known, others)
    return replace(done, kept=_kept_form(person.id, now), remind=remind)


def _rotate_in(
    actor: Actor, row: Session, person: UUID, device: UUID, *, acr: int, methods: str
) -> str:
    """The row of a flow becomes that of somebody who is signed in, with a new token."""
    now, place = clock.now(), place_of(actor.ip)
    return rotate(
        row,
        person_id=person,
        acr=acr,
        methods=methods,
        grant=None,
        flow=None,
        signed_in_at=now,
        proved_at=now,
        last_seen_at=now,
        ip=actor.ip,
        user_agent=actor.user_agent[:300],
        device_id=device,
        place=place.name if place else "",
    )


def _judge_age(who: Actor, person: Person) -> bool:
    """True when a new password is asked for; where the rule in force demands one, it is flagged."""
    due = password_due(person.id)
    if due == "expired" and passwords.demand(person.id, due):
        note(who, events.PASSWORD_DEMANDED, person, why=due, sessions_ended=0)
    return due == "remind"


def _barred(person: Person) -> str:
    """Why nobody may come in, or an empty text."""
    if person.state in NO_ENTRY:
        return person.state
    lock = lock_of(person.id)
    return lock.why if lock else ""


def _turn_away(actor: Actor, row: Session, person: Person, why: str) -> SignIn:
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
    return min(len(newest_first), room)


def _tell(who: Actor, row: Session, person: Person, known: Remembered, others: int) -> None:
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


def _kept_form(person: UUID, now: datetime) -> UUID | None:
    """The newest form that the last session did not finish."""
    rows = KeptForm.objects.filter(person=person, expires_at__gt=now).order_by("-kept_at")
    return rows.values_list("id", flat=True).first()
