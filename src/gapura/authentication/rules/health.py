"""Whether an account is as safe as its owner can make it: a few yes-or-no questions."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

CODES_LEAST = 4
# So long a device counts as new: its owner is asked to look at it.
NEW_DEVICE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Health:
    """What is asked about; `new_devices` are open sign-ins on devices first seen lately.

    An address is settled when no new one waits for its code, an identity when nobody asked to look
    at it again.
    """

    strong_factors: int
    codes_left: int
    phone_proven: bool
    email_settled: bool
    identity_settled: bool
    password_over_age: bool
    new_devices: int


@dataclass(frozen=True, slots=True)
class Check:
    """One question, by its code, and whether all is well."""

    code: str
    ok: bool


_QUESTIONS: tuple[tuple[str, Callable[[Health], bool]], ...] = (
    ("strong", lambda health: health.strong_factors > 0),
    ("spare", lambda health: health.strong_factors > 1),
    ("codes", lambda health: health.codes_left >= CODES_LEAST),
    ("phone", lambda health: health.phone_proven),
    ("email", lambda health: health.email_settled),
    ("identity", lambda health: health.identity_settled),
    ("password", lambda health: not health.password_over_age),
    ("devices", lambda health: not health.new_devices),
)
# A spare one and backup codes only mean something once there is a first one.
_AFTER_STRONG = frozenset({"spare", "codes"})


def checks(health: Health) -> tuple[Check, ...]:
    """The questions that mean something for this account, with their answers."""
    return tuple(
        Check(code, asked(health))
        for code, asked in _QUESTIONS
        if health.strong_factors or code not in _AFTER_STRONG
    )
