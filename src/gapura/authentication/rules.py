"""Rules of sign-in in plain Python: methods and their strength, lifetimes, limits, flows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_network
from typing import Any

from gapura.kernel.throttle import Limit

# NIST SP 800-63B-4 2.2.3 (AAL2: idle <= 1 h, overall <= 24 h); we stay below both.
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
# A sign-in, registration or reset that was begun must be finished within this time.
FLOW_LIFE = timedelta(minutes=30)
# ASVS 5.0 V7.5.1: changes to factors and contacts need a proof this young.
FRESH = timedelta(minutes=20)
# NIST SP 800-63B-4 3.1.3.1 (out-of-band secrets): at most ten minutes.
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODE_DIGITS = 6
# A confirmed deed is carried out at once, by the form that asked for the code.
DEED_LIFE = timedelta(minutes=5)
KEEP_DEEDS = timedelta(days=1)
RECOVERY_CODES = 10
# States of a person that let nobody in, and end what was open.
NO_ENTRY = frozenset({"suspended", "closed"})
SESSIONS_PER_PERSON = 20
KEEP_CODES = timedelta(days=1)
KEEP_FLOWS = timedelta(days=1)
# So long a known device stays known.
KEEP_SESSIONS = timedelta(days=90)

PASSWORD_MIN = 12
PASSWORD_MAX = 1024
PASSWORD_HISTORY = 5
LEAST_STRENGTH = 2

# Only failures are counted. A person is slowed per network, so that nobody can lock another one out
# from elsewhere; the wide limits hold guessing under NIST SP 800-63B-4 3.2.2 (100 in a row).
SIGN_IN_HERE = Limit("sign_in.name_network", 10, 300)
SIGN_IN_PERSON = Limit("sign_in.person", 50, 3600)
SIGN_IN_ADDRESS = Limit("sign_in.address", 30, 300)
CODES_PERSON = Limit("code.person", 10, 300)
CODES_DAY = Limit("code.person_day", 50, 86400)
MAILS_PERSON = Limit("code_mail.person", 5, 600)
MAILS_NAME = Limit("code_mail.name", 5, 600)

# What a program may be let do with a token, each with the doors it opens.
SCOPES = ("decisions",)
TOKEN_DAYS, TOKEN_DAYS_MOST = 90, 366
TOKEN_NAME_MOST, TOKEN_NETWORKS_MOST = 60, 20
# Wrong tokens from one address; a right one always gets in.
TOKENS_ADDRESS = Limit("service_token.address", 30, 300)


class Method(StrEnum):
    """What can stand beside the password."""

    TOTP = "totp"
    EMAIL_CODE = "email_code"
    RECOVERY_CODE = "recovery_code"


# A backup code brings its owner back in, not to acts that bind money or people: it is paper that
# may have been copied, so it counts as the lower level until a new app is confirmed.
ACR_OF: Mapping[Method, int] = {Method.TOTP: 2, Method.EMAIL_CODE: 1, Method.RECOVERY_CODE: 1}
STRONGEST_FIRST = (Method.TOTP, Method.EMAIL_CODE, Method.RECOVERY_CODE)


class Purpose(StrEnum):
    """What a code by e-mail is for; a code works for nothing else."""

    CONFIRM_EMAIL = "confirm_email"
    SIGN_IN = "sign_in"
    CHANGE_EMAIL = "change_email"
    RESET = "reset"


class Step(StrEnum):
    """Where a flow stands; `done` is signed in (or, for a reset, finished)."""

    SECOND_FACTOR = "second_factor"
    CONFIRM_EMAIL = "confirm_email"
    RESET_CODE = "reset_code"
    RESET_FACTOR = "reset_factor"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a step's name
    STEP_UP = "step_up"
    CHANGE_EMAIL = "change_email"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Flow:
    """What a session is in the middle of: the step, the chosen method and all that may be chosen.

    `mark` is the keyed hash of a name typed by somebody unknown: limits count against it, so that
    they come just as soon for names without an account.
    """

    step: Step
    at: datetime
    method: Method | None = None
    methods: tuple[Method, ...] = ()
    mark: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it is kept in the session row; no personal data."""
        return {
            "step": self.step.value,
            "at": self.at.isoformat(),
            "method": self.method.value if self.method else None,
            "methods": [m.value for m in self.methods],
            "mark": self.mark,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> "Flow | None":
        """Back from the session row; None when nothing is under way."""
        if not kept:
            return None
        return cls(
            step=Step(kept["step"]),
            at=datetime.fromisoformat(kept["at"]),
            method=Method(kept["method"]) if kept["method"] else None,
            methods=tuple(Method(m) for m in kept["methods"]),
            mark=kept["mark"],
        )

    def over(self, now: datetime) -> bool:
        """True when it took too long."""
        return now - self.at >= FLOW_LIFE


@dataclass(frozen=True, slots=True)
class PasswordContext:
    """What a guesser would try first for this person."""

    name: str = ""
    username: str = ""
    email: str = ""
    agency: str = ""


def session_is_live(
    now: datetime, *, started_at: datetime, last_seen_at: datetime, ended_at: datetime | None
) -> bool:
    """A session is dead once ended, idle too long, or too old."""
    return ended_at is None and now - last_seen_at < IDLE and now - started_at < ABSOLUTE


def network(ip: str | None) -> str:
    """The neighborhood of an address: /24 for IPv4, /48 for IPv6; an empty text for none."""
    if not ip:
        return ""
    return str(ip_network(f"{ip}/{48 if ':' in ip else 24}", strict=False))


def address_key(ip: str | None) -> str:
    """Whom to count failures against: the address, or the /64 that an IPv6 host picks from."""
    if not ip:
        return "unknown"
    return str(ip_network(f"{ip}/64", strict=False)) if ":" in ip else ip


_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def device_name(user_agent: str) -> str:
    """`Chrome, Windows` from a User-Agent, or an empty text when it says nothing we know."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)
