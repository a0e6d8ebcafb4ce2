"""What a person has to sign in with, and feedback on a password."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gapura.authentication.errors import NothingToConfirm
from gapura.authentication.methods import password, recovery_codes, totp
from gapura.authentication.permissions import Can
from gapura.authentication.queries.sessions import DeviceView, sessions_of
from gapura.authentication.rules import PasswordContext
from gapura.authentication.strength import Feedback, feedback
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has to sign in with."""

    person: UUID
    totp_name: str | None
    totp_since: datetime | None
    recovery_codes_left: int
    password_changed_at: datetime | None

    @property
    def has_totp(self) -> bool:
        """True when an authenticator app is confirmed."""
        return self.totp_since is not None


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What the home page asks: is there an app, and how many backup codes still work."""

    has_totp: bool
    recovery_codes_left: int


@dataclass(frozen=True, slots=True)
class Security:
    """All that the account security page shows."""

    factors: Factors
    devices: tuple[DeviceView, ...]


@dataclass(frozen=True, slots=True)
class Enrollment:
    """An authenticator app that waits for its first code: the key in groups of four and its URI."""

    key: str
    uri: str


def factors_of(actor: Actor) -> Factors:
    """What the actor has to sign in with."""
    require(actor, Can.SEE_SECURITY)
    return factors(actor.who)


def factors(person: UUID) -> Factors:
    """What a person has to sign in with; for services and policies, not scoped."""
    app = totp.confirmed(person)
    return Factors(
        person=person,
        totp_name=app.name if app else None,
        totp_since=app.confirmed_at if app else None,
        recovery_codes_left=recovery_codes.left(person),
        password_changed_at=password.changed_at(person),
    )


def second_factor_of(actor: Actor) -> SecondFactor:
    """App and backup codes of the actor in one query, for the home page."""
    require(actor, Can.SEE_SECURITY)
    return SecondFactor(*totp.with_codes_left(actor.who))


def security_of(actor: Actor) -> Security:
    """The account security page: factors and devices."""
    return Security(factors_of(actor), sessions_of(actor))


def pending_totp(actor: Actor) -> Enrollment:
    """The key that the actor is about to confirm.

    :raises NothingToConfirm: when no app is being added.
    """
    require(actor, Can.SEE_SECURITY)
    app = totp.pending(actor.who)
    if app is None:
        raise NothingToConfirm()
    return Enrollment(totp.grouped(app.secret), totp.uri(app.secret, actor.username))


def pending_totp_qr(actor: Actor) -> bytes:
    """The pending key as an SVG picture, to be served under an own address (the CSP has no data:).

    :raises NothingToConfirm: when no app is being added.
    """
    return totp.qr_svg(pending_totp(actor).uri)


def password_feedback(text: str, about: PasswordContext) -> Feedback:
    """Problems of a password and its strength from 0 to 4, for showing while it is typed."""
    return feedback(text, about)


def app_code(key: str, steps: int = 0) -> str:
    """What an authenticator app with this base32 key shows now, or some 30-second steps later."""
    return totp.code_at(key, totp.step_now() + steps)
