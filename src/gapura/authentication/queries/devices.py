"""Where a person is signed in, and the rules that end a sign-in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.authentication.models import Session
from gapura.authentication.permissions import Can
from gapura.authentication.queries.rules import population_of, sign_in_rules
from gapura.authentication.queries.sessions import life_of
from gapura.authentication.rules import device_name
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class DeviceView:
    """One live session on the security page; `first_seen_at` is of a known device."""

    id: UUID
    device: str
    ip: str | None
    acr: int
    signed_in_at: datetime
    last_seen_at: datetime
    is_this: bool
    place: str = ""
    methods: tuple[str, ...] = ()
    first_seen_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SessionRules:
    """What holds for a person's sign-ins today, as the security page states it."""

    idle_minutes: int
    hours: int
    at_once: int


def sessions_of(actor: Actor) -> tuple[DeviceView, ...]:
    """The actor's own live sessions, the present one first, at most 50."""
    require(actor, Can.SEE_SECURITY)
    now, life = clock.now(), life_of(population_of(actor))
    rows = (
        Session.objects.filter(
            person=actor.who, acr__gt=0, ended_at__isnull=True, last_seen_at__gt=now - life.idle
        )
        .select_related("device")
        .order_by("-last_seen_at")[:50]
    )
    devices = [
        _view(row, row.signed_in_at, actor)
        for row in rows
        if row.signed_in_at is not None and now - row.signed_in_at < life.absolute
    ]
    return tuple(sorted(devices, key=lambda device: not device.is_this))


def _view(row: Session, signed_in_at: datetime, actor: Actor) -> DeviceView:
    return DeviceView(
        row.id,
        device_name(row.user_agent),
        row.ip,
        row.acr,
        signed_in_at,
        row.last_seen_at,
        row.id == actor.session,
        row.place,
        tuple(row.methods.split()),
        row.device.first_seen_at if row.device else None,
    )


def session_rules(actor: Actor) -> SessionRules:
    """How long the actor's sign-ins last, and how many may be open at once."""
    require(actor, Can.SEE_SECURITY)
    population = population_of(actor)
    life = sign_in_rules("session", population)
    at_once = sign_in_rules("sessions_at_once", population)
    return SessionRules(life["idle_minutes"], life["absolute_hours"], at_once["most"])
