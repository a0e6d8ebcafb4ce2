"""Sessions: when one is live, and what its browser is called."""

from dataclasses import dataclass
from datetime import datetime, timedelta

# States of a person that let nobody in, and end what was open.
NO_ENTRY = frozenset({"suspended", "closed"})


@dataclass(frozen=True, slots=True)
class Life:
    """How long a session lives: without being used, and in all."""

    idle: timedelta
    absolute: timedelta


# A browser that is in the middle of signing in. Those that are signed in live by the dated rules.
FLOW_SESSION = Life(timedelta(minutes=30), timedelta(hours=12))


def session_is_live(
    now: datetime,
    life: Life,
    *,
    started_at: datetime,
    last_seen_at: datetime,
    ended_at: datetime | None,
) -> bool:
    """A session is dead once ended, idle too long, or too old."""
    is_young = now - last_seen_at < life.idle and now - started_at < life.absolute
    return ended_at is None and is_young


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
