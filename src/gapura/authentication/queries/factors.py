"""What a person has to sign in with."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from gapura.authentication.errors import NothingToConfirm
from gapura.authentication.methods import passkey, password, recovery_codes, totp
from gapura.authentication.models import Passkey, Password, RecoveryCode, Session, Totp
from gapura.authentication.permissions import Can
from gapura.kernel.actor import Actor
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared

_SAME = {"person": OuterRef("person")}
_CODES = RecoveryCode.objects.filter(**_SAME, used_at__isnull=True).values("person")
# Everybody who signs in has one row here.
_SECOND_FACTOR = Prepared(
    lambda person: (
        Password.objects.filter(person=person)
        .annotate(
            has_app=Exists(Totp.objects.filter(**_SAME, confirmed_at__isnull=False)),
            has_passkey=Exists(Passkey.objects.filter(**_SAME, cloned_at__isnull=True)),
            codes=Coalesce(Subquery(_CODES.annotate(left=Count("id")).values("left")), 0),
        )
        .values_list("has_app", "has_passkey", "codes")
    ),
    UUID(int=1),
)


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has to sign in with."""

    person: UUID
    totp_name: str | None
    totp_since: datetime | None
    recovery_codes_left: int
    password_changed_at: datetime | None
    passkeys: int = 0

    @property
    def has_totp(self) -> bool:
        """True when an authenticator app is confirmed."""
        return self.totp_since is not None

    @property
    def has_strong(self) -> bool:
        """True with a factor that is enough for approvals and money."""
        return self.has_totp or self.passkeys > 0

    def without_totp(self) -> "Factors":
        """What is left when the app is taken away."""
        return replace(self, totp_name=None, totp_since=None)

    def without_passkey(self) -> "Factors":
        """What is left when one working passkey is taken away."""
        return replace(self, passkeys=max(0, self.passkeys - 1))


@dataclass(frozen=True, slots=True)
class SecondFactor:
    """What the home page asks: an app or a passkey, and how many backup codes still work."""

    has_strong: bool
    recovery_codes_left: int


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
        passkeys=passkey.working(person).count(),
    )


def has_strong_factor(person: UUID) -> bool:
    """An app or a passkey is there; for services and policies, not scoped. One query."""
    rows = _SECOND_FACTOR.rows(person)
    return bool(rows) and bool(rows[0][0] or rows[0][1])


def second_factor_of(actor: Actor) -> SecondFactor:
    """Strong factors and backup codes of the actor in one query, for the home page."""
    require(actor, Can.SEE_SECURITY)
    rows = _SECOND_FACTOR.rows(actor.who)
    if not rows:
        return SecondFactor(has_strong=False, recovery_codes_left=0)
    has_app, has_passkey, codes = rows[0]
    return SecondFactor(has_strong=has_app or has_passkey, recovery_codes_left=int(codes))


def pending_totp(actor: Actor) -> Enrollment:
    """The key that the actor is about to confirm.

    :raises NothingToConfirm: when no app is being added.
    """
    require(actor, Can.SEE_SECURITY)
    session = Session.objects.filter(pk=actor.session).first() if actor.session else None
    begun = session.signed_in_at if session else None
    app = totp.pending(actor.who, begun) if begun else None
    if app is None:
        raise NothingToConfirm()
    return Enrollment(totp.grouped(app.secret), totp.uri(app.secret, actor.username))


def pending_totp_qr(actor: Actor) -> bytes:
    """The pending key as an SVG picture, to be served under an own address (the CSP has no data:).

    :raises NothingToConfirm: when no app is being added.
    """
    return totp.qr_svg(pending_totp(actor).uri)


def app_code(key: str, steps: int = 0) -> str:
    """What an authenticator app with this base32 key shows now, or some 30-second steps later."""
    return totp.code_at(key, totp.step_now() + steps)
