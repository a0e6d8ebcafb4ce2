"""The security page of a person: factors, sign-ins, the password's age, and a health checklist."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from gapura.accounts import events as accounts
from gapura.audit.queries import Filters, LogRow, Whose, explore
from gapura.authentication import events
from gapura.authentication.models import Passkey, Password, RecoveryCode, Session, Totp
from gapura.authentication.permissions import Can
from gapura.authentication.queries.devices import DeviceView, sessions_of
from gapura.authentication.queries.factors import Factors, factors
from gapura.authentication.queries.rules import password_policy
from gapura.authentication.rules import NEW_DEVICE, Check, Health, PasswordPolicy, checks
from gapura.kernel import clock
from gapura.kernel.actor import Actor
from gapura.kernel.ids import uuid7
from gapura.kernel.permissions import require
from gapura.kernel.prepared import Prepared

ACTIVITY = 5
# What the owner should know at once: who came in or tried to, and what changed about the ways in.
_TOLD = tuple(
    event.name
    for event in (
        events.SIGNED_IN,
        events.SIGN_IN_FAILED,
        events.TURNED_AWAY,
        events.SIGNED_OUT_EVERYWHERE,
        events.SESSION_ENDED,
        events.SESSIONS_CUT,
        events.SUSPICION_SETTLED,
        events.TOTP_ENROLLED,
        events.TOTP_REMOVED,
        events.PASSKEY_ENROLLED,
        events.PASSKEY_RENAMED,
        events.PASSKEY_REMOVED,
        events.PASSKEY_CLONED,
        events.RECOVERY_CODES_MADE,
        events.RECOVERY_CODE_USED,
        events.PASSWORD_SET,
        events.PASSWORD_CHANGED,
        events.PASSWORD_RESET,
        events.PASSWORD_REPLACED,
        events.PASSWORD_DEMANDED,
        events.RECOVERY_ASKED,
        events.RECOVERY_STOPPED,
        events.RECOVERY_USED,
        events.ACCOUNT_LOCKED,
        events.ACCOUNT_UNLOCKED,
        events.DISAVOWED,
        accounts.CONTACT_CHANGED,
        accounts.PHONE_VERIFIED,
        accounts.PHONE_REMOVED,
    )
)
_SAME = {"person": OuterRef("person")}
_PASSWORD = Password.objects.filter(**_SAME)
_APP = Totp.objects.filter(**_SAME, confirmed_at__isnull=False)
_CODES = RecoveryCode.objects.filter(**_SAME, used_at__isnull=True).values("person")
_KEYS = Passkey.objects.filter(**_SAME, cloned_at__isnull=True).order_by().values("person")
# All factors in one query, which hangs on the session that asks: there is always one.
_FACTORS = Prepared(
    lambda session: (
        Session.objects.filter(pk=session)
        .annotate(
            app_name=Subquery(_APP.values("name")),
            app_since=Subquery(_APP.values("confirmed_at")),
            codes=Coalesce(Subquery(_CODES.annotate(left=Count("id")).values("left")), 0),
            changed_at=Subquery(_PASSWORD.values("changed_at")),
            keys=Coalesce(Subquery(_KEYS.annotate(number=Count("id")).values("number")), 0),
        )
        .values_list("app_name", "app_since", "codes", "changed_at", "keys")
    ),
    uuid7(),
)


@dataclass(frozen=True, slots=True)
class PasswordStanding:
    """How old the password is, in days, and what the rule in force says of that."""

    days: int
    rule: PasswordPolicy
    over_age: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """What the accounts room knows of how the person is reached."""

    phone_proven: bool
    email_settled: bool
    identity_settled: bool


@dataclass(frozen=True, slots=True)
class Security:
    """What the account security page shows; `password` is None without one."""

    factors: Factors
    devices: tuple[DeviceView, ...]
    password: PasswordStanding | None
    checks: tuple[Check, ...]


def security_of(actor: Actor, reach: Reach) -> Security:
    """The account security page: factors, devices, and how safe all of it is. Two queries."""
    require(actor, Can.SEE_SECURITY)
    found, devices, now = _factors_of(actor), sessions_of(actor), clock.now()
    password = _standing(actor, found, now)
    health = Health(
        strong_factors=found.has_totp + found.passkeys,
        codes_left=found.recovery_codes_left,
        phone_proven=reach.phone_proven,
        email_settled=reach.email_settled,
        identity_settled=reach.identity_settled,
        password_over_age=password is not None and password.over_age,
        new_devices=sum(_is_new(device, now) for device in devices),
    )
    return Security(found, devices, password, checks(health))


def security_activity(actor: Actor) -> tuple[LogRow, ...]:
    """The newest five entries of the own log about signing in and the ways in."""
    require(actor, Can.SEE_SECURITY)
    return explore(actor, Filters(names=_TOLD, size=ACTIVITY), Whose.MINE).rows


def _factors_of(actor: Actor) -> Factors:
    rows = _FACTORS.rows(actor.session) if actor.session else []
    if not rows:
        return factors(actor.who)
    name, since, codes, changed_at, keys = rows[0]
    return Factors(actor.who, name, since, codes, changed_at, keys)


def _standing(actor: Actor, found: Factors, now: datetime) -> PasswordStanding | None:
    if found.password_changed_at is None:
        return None
    rule, since = password_policy(actor), found.password_changed_at
    spared = rule.exempt_if_passkey and found.passkeys > 0
    return PasswordStanding(rule.age(since, now), rule, rule.over(since, now) and not spared)


def _is_new(device: DeviceView, now: datetime) -> bool:
    first = device.first_seen_at
    return not device.is_this and first is not None and now - first < NEW_DEVICE
