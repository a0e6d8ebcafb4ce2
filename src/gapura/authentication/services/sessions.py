"""The life of a session: opened for a flow, entered, given a new token, ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet

from gapura.audit.events import Event, Result
from gapura.audit.services import Subject, record
from gapura.authentication.endings import sessions_ended
from gapura.authentication.errors import FlowOver, NoSuchSession
from gapura.authentication.models import Session
from gapura.authentication.queries.rules import population_of
from gapura.authentication.queries.sessions import life_of
from gapura.authentication.rules import (
    FLOW_SESSION,
    NO_ENTRY,
    Flow,
    Method,
    Step,
    session_is_live,
)
from gapura.authentication.tokens import new_token, token_hash
from gapura.kernel import clock
from gapura.kernel.actor import Actor

if TYPE_CHECKING:
    from gapura.accounts.models import Person
    from gapura.accounts.queries import Brief

SECURITY_PAGE = "/account/security"


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where a sign-in, registration or reset stands.

    `token` is the new value of the session cookie: set it always, the one before is dead. An empty
    token means that the cookie stays. `method` is what is asked for now, `methods` may be chosen.
    `device` is the new value of the device's cookie, where it has none. After a sign-in `others`
    counts the other ones that are open, and `kept` is a form that the last one did not finish,
    `remind` says that the password is old enough to ask for another, `asks_profile` that the
    profile waits to be confirmed.
    """

    token: str
    session: UUID
    step: Step
    method: Method | None = None
    methods: tuple[Method, ...] = ()
    acr: int = 0
    device: str = ""
    others: int = 0
    kept: UUID | None = None
    remind: bool = False
    asks_profile: bool = False


def may_enter(person: Person | None) -> bool:
    """Nobody signs in to an account that is suspended or closed."""
    return person is not None and person.state not in NO_ENTRY


def signed_in_as(actor: Actor, person: Person | Brief, row: Session) -> Actor:
    """The actor for the log: the person that the session belongs to."""
    return replace(
        actor,
        person=person.id,
        username=person.username,
        name=person.name,
        state=person.state,
        acr=row.acr,
        session=row.id,
    )


def note(
    actor: Actor, event: Event, person: Person | Brief, *, done: bool = True, **facts: object
) -> None:
    """Write an event of a person's account into the log."""
    record(
        actor,
        event,
        Subject("person", str(person.id), person.username),
        facts=facts,
        agency=actor.agency or person.agency,
        person=person.id,
        result=Result.DONE if done else Result.REFUSED,
    )


def this_browser(actor: Actor) -> QuerySet[Session]:
    """The actor's session, unless it has ended."""
    if actor.session is None:
        return Session.objects.none()
    return Session.objects.filter(pk=actor.session, ended_at__isnull=True)


def open_flow(
    actor: Actor, person: UUID | None, flow: Flow, device: UUID | None = None
) -> tuple[str, Session]:
    """A new nameless session for a flow; whatever this browser had open ends.

    `device` is the row of a browser that this person is known to use.
    """
    now = clock.now()
    if this_browser(actor).update(ended_at=now, end_reason="replaced"):
        sessions_ended(actor.person)
    token = new_token()
    row = Session.objects.create(
        token_hash=token_hash(token),
        person_id=person,
        flow=flow.to_json(),
        created_at=now,
        last_seen_at=now,
        ip=actor.ip,
        user_agent=actor.user_agent[:300],
        device_id=device,
    )
    return token, row


def locked(actor: Actor, *steps: Step) -> tuple[Session, Flow]:
    """The actor's session, locked, with its flow when that stands at one of `steps`.

    :raises FlowOver: ended, too old, or at another step.
    """
    row = this_browser(actor).select_for_update().first()
    if row is None:
        raise FlowOver()
    return row, demand_step(actor, row, Flow.from_json(row.flow), *steps)


def demand_step(actor: Actor, row: Session, flow: Flow | None, *steps: Step) -> Flow:
    """The flow of a session that has not ended, when it stands at one of `steps`.

    :raises FlowOver: too old, or at another step.
    """
    now = clock.now()
    if flow is None or flow.step not in steps or flow.over(now):
        raise FlowOver()
    life = life_of(population_of(actor)) if row.acr else FLOW_SESSION
    live = session_is_live(
        now,
        life,
        started_at=row.signed_in_at or row.created_at,
        last_seen_at=row.last_seen_at,
        ended_at=None,
    )
    if not live:
        raise FlowOver()
    return flow


def set_flow(row: Session, flow: Flow | None) -> None:
    """Move a session to another step."""
    row.flow = flow.to_json() if flow else None
    row.save(update_fields=["flow"])


def rotate(row: Session, **changes: object) -> str:
    """Give a session a new token together with `changes`; the old token is dead at once."""
    token = new_token()
    row.token_hash = token_hash(token)
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=["token_hash", *changes])
    return token


def end_all(person: UUID, reason: str, *, but: UUID | None = None) -> int:
    """End every session of a person, flows included, except `but`; answers how many."""
    rows = Session.objects.filter(person=person, ended_at__isnull=True)
    if but is not None:
        rows = rows.exclude(pk=but)
    ended = rows.update(ended_at=clock.now(), end_reason=reason)
    if ended:
        sessions_ended(person)
    return ended


def own_session(actor: Actor) -> Session:
    """The actor's signed-in session, locked.

    :raises NoSuchSession: it ended meanwhile.
    """
    rows = this_browser(actor).filter(person=actor.who, acr__gt=0)
    found = rows.select_for_update().first()
    if found is None:
        raise NoSuchSession()
    return found
