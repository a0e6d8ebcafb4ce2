"""Who acts (hot), and the own sessions."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from gapura.access.queries import active_grants
from gapura.accounts.queries import person_by_id
from gapura.authentication.errors import FlowOver
from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.rules import (
    ABSOLUTE,
    FRESH,
    IDLE,
    NO_ENTRY,
    SEEN_EVERY,
    Flow,
    Method,
    Step,
    device_name,
    session_is_live,
)
from gapura.authentication.tokens import token_hash
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared


@dataclass(frozen=True, slots=True)
class SessionView:
    """The browser's session as pages see it; `flow` is what it is in the middle of."""

    id: UUID
    person: UUID | None
    acr: int
    methods: tuple[str, ...]
    grant: UUID | None
    created_at: datetime
    signed_in_at: datetime | None
    proved_at: datetime | None
    last_seen_at: datetime
    flow: Flow | None

    @property
    def ends_at(self) -> datetime:
        """When it ends by itself if nothing more is done."""
        started = self.signed_in_at or self.created_at
        return min(self.last_seen_at + IDLE, started + ABSOLUTE)

    @property
    def seconds_left(self) -> int:
        """Seconds until `ends_at`, never negative."""
        return max(0, int((self.ends_at - clock.now()).total_seconds()))


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One live session on the security page."""

    id: UUID
    device: str
    ip: str | None
    acr: int
    signed_in_at: datetime
    last_seen_at: datetime
    is_this: bool


_OF_PERSON = ("username", "name", "state", "language")
_COLUMNS = (
    "id",
    "person_id",
    "acr",
    "methods",
    "grant",
    "created_at",
    "signed_in_at",
    "proved_at",
    "last_seen_at",
    "flow",
    *(f"person__{name}" for name in _OF_PERSON),
)
_SESSION = Prepared(
    lambda digest: Session.objects.filter(token_hash=digest, ended_at__isnull=True).values_list(
        *_COLUMNS
    ),
    "probe",
)


def resolve_actor(
    *, token: str, ip: str | None = None, user_agent: str = "", request_id: str = ""
) -> tuple[Actor, SessionView | None]:
    """Who asks: two prepared queries for a signed-in person, one for others.

    The view is None without a live session. While a sign-in is under way the actor has a session
    but is nobody yet. Notes at most once a minute that the session was seen.
    """
    nobody = Actor(ip=ip, user_agent=user_agent, request_id=request_id)
    rows = _SESSION.rows(token_hash(token)) if token else []
    if not rows:
        return nobody, None
    (view, person), now = _read(rows[0]), clock.now()
    started_at = view.signed_in_at or view.created_at
    if person["state"] in NO_ENTRY or not session_is_live(
        now, started_at=started_at, last_seen_at=view.last_seen_at, ended_at=None
    ):
        return nobody, None
    if now - view.last_seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=view.id).update(last_seen_at=now)
        view = replace(view, last_seen_at=now)
    if view.acr == 0 or view.person is None:
        return replace(nobody, session=view.id), view
    grants = active_grants(view.person, now)
    actor = replace(
        nobody,
        **person,
        person=view.person,
        acr=view.acr,
        session=view.id,
        grants=grants,
        grant=_chosen(grants, view.grant, view.acr),
        facts={"proved_at": view.proved_at, "methods": view.methods},
    )
    return actor, view


def session_for(token: str) -> SessionView | None:
    """The live session of a cookie's token, or None."""
    return resolve_actor(token=token)[1]


def proof_is_fresh(actor: Actor) -> bool:
    """The actor proved a factor within the last 20 minutes of this session."""
    proved_at = actor.facts.get("proved_at")
    return isinstance(proved_at, datetime) and clock.now() - proved_at < FRESH


def sessions_of(actor: Actor) -> tuple[DeviceView, ...]:
    """The actor's own live sessions, the present one first, at most 50."""
    require(actor, Can.SEE_SECURITY)
    now = clock.now()
    rows = Session.objects.filter(
        person=actor.who, acr__gt=0, ended_at__isnull=True, last_seen_at__gt=now - IDLE
    ).order_by("-last_seen_at")[:50]
    devices = [
        DeviceView(
            row.id,
            device_name(row.user_agent),
            row.ip,
            row.acr,
            row.signed_in_at,
            row.last_seen_at,
            row.id == actor.session,
        )
        for row in rows
        if row.signed_in_at is not None and now - row.signed_in_at < ABSOLUTE
    ]
    return tuple(sorted(devices, key=lambda device: not device.is_this))


# Not a reset: there the address would tell that the name has an account.
_SENT_TO_THE_PERSON = frozenset({Step.SECOND_FACTOR, Step.STEP_UP, Step.CONFIRM_EMAIL})


def masked_address(view: SessionView | None) -> str:
    """Where the present flow's code was sent, for example `b***@mail.go.id`.

    :raises FlowOver: when the session waits for no code by e-mail.
    """
    flow = view.flow if view else None
    if view is None or flow is None or flow.step not in _SENT_TO_THE_PERSON:
        raise FlowOver()
    person = person_by_id(view.person) if view.person and flow.method is Method.EMAIL_CODE else None
    if person is None:
        raise FlowOver()
    local, _, domain = person.email.partition("@")
    return f"{local[:1]}***@{domain}"


def _read(row: tuple[Any, ...]) -> tuple[SessionView, dict[str, str]]:
    """The session, and what the actor takes from the person."""
    values = dict(zip(_COLUMNS, row, strict=True))
    person = {name: values.pop(f"person__{name}") for name in _OF_PERSON}
    values["person"] = values.pop("person_id")
    values["methods"] = tuple(values["methods"].split())
    # A plain cursor hands jsonb out as text.
    values["flow"] = Flow.from_json(json.loads(values["flow"]) if values["flow"] else None)
    return SessionView(**values), person


def _chosen(grants: tuple[ActiveGrant, ...], wanted: UUID | None, acr: int) -> ActiveGrant | None:
    """The grant a session acts under: the wanted one, else the first this sign-in may enter."""
    open_now = [grant for grant in grants if grant.least_acr <= acr]
    first = open_now[0] if open_now else None
    return next((grant for grant in open_now if grant.id == wanted), first)
