"""Passwords: what a dated rule says of them, when one is due, and what a guesser knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

PASSWORD_MIN = 12
PASSWORD_MAX = 1024
PASSWORD_HISTORY = 5
LEAST_STRENGTH = 2
# Bounds of what an operator may put in force; fewer than 8 is below NIST SP 800-63B-4 3.1.1.2.
PASSWORD_MIN_LEAST, PASSWORD_MIN_MOST, PASSWORD_HISTORY_MOST = 8, 64, 24
# Why the next sign-in goes on to a new password and nothing else.
MUST_CHANGE = ("compromised", "listed", "told", "recovered", "expired")
# Whose password is judged by which dated row; the empty scope holds for everybody else.
POPULATIONS = ("official", "supplier", "admin")
STRENGTH_MODES = ("score", "classes")
EXPIRY_MODES = ("remind", "force", "none")


@dataclass(frozen=True, slots=True)
class PasswordContext:
    """What a guesser would try first for this person."""

    name: str = ""
    username: str = ""
    email: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """A dated row `password`: lengths in code points, times in days.

    `strength_mode` score asks for what is hard to guess, classes for four kinds of signs.
    `expiry_mode` remind only asks, force lets nothing else be done, none forgets about age.
    """

    min_length: int = PASSWORD_MIN
    strength_mode: str = "score"
    validity_days: int = 180
    expiry_mode: str = "remind"
    history: int = PASSWORD_HISTORY
    exempt_if_passkey: bool = True
    remind_every_days: int = 14

    @classmethod
    def of(cls, value: Mapping[str, Any]) -> "PasswordPolicy":
        """From a row's value; figures it does not name are the default ones."""
        return cls(**{name: value[name] for name in cls.__slots__ if name in value})

    @property
    def by_classes(self) -> bool:
        """True when kinds of signs are counted (Peraturan BSSN 4/2021 art. 27(1)(c))."""
        return self.strength_mode == "classes"

    def age(self, changed_at: datetime, now: datetime) -> int:
        """Whole days since it was chosen."""
        return (now - changed_at).days

    def over(self, changed_at: datetime, now: datetime) -> bool:
        """Older than a password should become, where that counts."""
        return self.expiry_mode != "none" and now - changed_at >= timedelta(days=self.validity_days)

    def reminds(self, changed_at: datetime, reminded_at: datetime | None, now: datetime) -> bool:
        """Time to ask for a new one, unless that was answered with "later" a short while ago."""
        if self.expiry_mode != "remind" or not self.over(changed_at, now):
            return False
        return reminded_at is None or now - reminded_at >= timedelta(days=self.remind_every_days)


@dataclass(frozen=True, slots=True)
class Profile:
    """A named set of figures that an operator puts in force, and the source it follows."""

    name: str
    value: Mapping[str, Any] = field(default_factory=dict)
    basis: str = ""


_BOTH = {"min_length": PASSWORD_MIN, "history": PASSWORD_HISTORY}
# Two laws that cannot both be followed to the letter; the operator chooses, on the record.
PROFILES: Mapping[str, Profile] = {
    "a": Profile(
        "a",
        {
            **_BOTH,
            "profile": "a",
            "strength_mode": "score",
            "validity_days": 180,
            "expiry_mode": "remind",
            "exempt_if_passkey": True,
            "remind_every_days": 14,
        },
        "NIST SP 800-63B-4 3.1.1.2 and ASVS 5.0 V6.2.5, V6.2.10 (no forced rotation, no "
        "composition); Peraturan BSSN 4/2021 art. 27(1)(c) by reminder",
    ),
    "b": Profile(
        "b",
        {
            **_BOTH,
            "profile": "b",
            "strength_mode": "classes",
            "validity_days": 180,
            "expiry_mode": "force",
            "exempt_if_passkey": False,
            "remind_every_days": 14,
        },
        "Peraturan BSSN 4/2021 art. 27(1)(c): number and kinds of signs and a period of validity; "
        "departs from ASVS 5.0 V6.2.5 and V6.2.10",
    ),
}
