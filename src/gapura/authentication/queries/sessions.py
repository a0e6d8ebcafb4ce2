"""Who acts (hot), and the own sessions."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from gapura.access.queries import active_grants
from gapura.accounts.queries import hold_kinds, person_by_id
from gapura.authentication.errors import FlowOver
from gapura.authentication.models import KeptForm, Password, Session
from gapura.authentication.queries.passwords import confined
from gapura.authentication.queries.rules import population_of, sign_in_rules
from gapura.authentication.rules import (
    FLOW_SESSION,
    NO_ENTRY,
    SEEN_EVERY,
    Flow,
    Life,
    Method,
    Step,
    session_is_live,
)
from gapura.authentication.tokens import token_hash
from gapura.kernel import clock
from gapura.kernel.actor import ActiveGrant, Actor
from gapura.kernel.holds import holds_of
from gapura.kernel.permissions import proved_recently
from gapura.kernel.prepared import Prepared


@dataclass(frozen=True, slots=True)
class SessionView:
    """The browser's session as pages see it; `flow` is what it is in the middle of.

    `kept` is the newest form of the person that an earlier session did not finish; `holds` are the
    kinds of hold that stand on the person now.
    """

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
    life: Life = FLOW_SESSION
    must_change: str = ""
    kept: UUID | None = None
    holds: tuple[str, ...] = ()

    @property
    def ends_at(self) -> datetime:
        """When it ends by itself if nothing more is done."""
        started = self.signed_in_at or self.created_at
        return min(self.last_seen_at + self.life.idle, started + self.life.absolute)

    @property
    def seconds_left(self) -> int:
        """Seconds until `ends_at`, never negative."""
        return max(0, int((self.ends_at - clock.now()).total_seconds()))


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
    "must_change",
    "kept",
    "holds",
)
_DEMANDED = Password.objects.filter(person=OuterRef("person")).values("must_change")
_KEPT = KeptForm.objects.filter(person=OuterRef("person")).order_by("-kept_at").values("id")
_SESSION = Prepared(
    lambda digest, now: (
        Session.objects.filter(token_hash=digest, ended_at__isnull=True)
        .annotate(
            must_change=Subquery(_DEMANDED),
            kept=Subquery(_KEPT.filter(expires_at__gt=now)[:1]),
            holds=hold_kinds(now),
        )
        .values_list(*_COLUMNS)
    ),
    "probe",
    datetime(2000, 1, 1, tzinfo=UTC),
)


def resolve_actor(
    *,
    token: str,
    ip: str | None = None,
    user_agent: str = "",
    request_id: str = "",
    device: str = "",
) -> tuple[Actor, SessionView | None]:
    """Who asks: two prepared queries for a signed-in person, one for others.

    The view is None without a live session. While a sign-in is under way the actor has a session
    but is nobody yet. Notes at most once a minute that the session was seen. `device` is the
    device's cookie.
    """
    nobody = nobody_at(ip, user_agent, request_id, device)
    rows = _SESSION.rows(token_hash(token), clock.now()) if token else []
    if not rows:
        return nobody, None
    (view, person), now = _read(rows[0]), clock.now()
    actor = nobody
    if view.acr and view.person is not None:
        actor = _signed_in(nobody, view, person, now)
        view = replace(view, life=life_of(population_of(actor)))
        actor = confined(actor, view.must_change) if view.must_change else actor
    if (view.acr and person["state"] in NO_ENTRY) or not _is_live(view, now):
        return nobody, None
    if now - view.last_seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=view.id).update(last_seen_at=now)
        view = replace(view, last_seen_at=now)
    return replace(actor, session=view.id), view


def _signed_in(nobody: Actor, view: SessionView, person: dict[str, str], now: datetime) -> Actor:
    """The actor of a session's person, under the grant the session acts with."""
    grants = active_grants(view.person, now) if view.person else ()
    return replace(
        nobody,
        username=person["username"],
        name=person["name"],
        state=person["state"],
        language=person["language"],
        person=view.person,
        acr=view.acr,
        grants=grants,
        grant=_chosen(grants, view.grant, view.acr),
        facts={**nobody.facts, "proved_at": view.proved_at, "methods": view.methods},
        holds=holds_of(view.holds) if view.holds else (),
    )


def nobody_at(ip: str | None, user_agent: str, request_id: str, device: str) -> Actor:
    """The actor of a browser without a session; of the device's cookie only the hash goes on."""
    facts = {"device": token_hash(device)} if device else {}
    return Actor(ip=ip, user_agent=user_agent, request_id=request_id, facts=facts)


def life_of(population: str) -> Life:
    """How long a signed-in session of this population lives, by the dated rules of today."""
    rule = sign_in_rules("session", population)
    return Life(timedelta(minutes=rule["idle_minutes"]), timedelta(hours=rule["absolute_hours"]))


def _is_live(view: SessionView, now: datetime) -> bool:
    return session_is_live(
        now,
        view.life,
        started_at=view.signed_in_at or view.created_at,
        last_seen_at=view.last_seen_at,
        ended_at=None,
    )


def session_for(token: str) -> SessionView | None:
    """The live session of a cookie's token, or None."""
    return resolve_actor(token=token)[1]


def proof_is_fresh(actor: Actor) -> bool:
    """The actor proved a factor within the last 20 minutes of this session."""
    return proved_recently(actor)


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
    values["holds"] = tuple(values["holds"] or ())
    values["must_change"] = values["must_change"] or ""
    # A plain cursor hands jsonb out as text.
    values["flow"] = Flow.from_json(json.loads(values["flow"]) if values["flow"] else None)
    return SessionView(**values), person


def _chosen(grants: tuple[ActiveGrant, ...], wanted: UUID | None, acr: int) -> ActiveGrant | None:
    """The grant a session acts under: the wanted one, else the first this sign-in may enter."""
    open_now = [grant for grant in grants if grant.least_acr <= acr]
    first = open_now[0] if open_now else None
    return next((grant for grant in open_now if grant.id == wanted), first)


def person_of_session(session: UUID) -> UUID | None:
    """Whose sign-in it is or was; for rooms that have asked their own permission."""
    return Session.objects.filter(pk=session).values_list("person", flat=True).first()
