"""When a signing key takes its turn: published before it signs, and until all it signed is over."""

from datetime import datetime, timedelta
from typing import Final

# NIST SP 800-57 part 1, 5.3.6: a private signature key is used for one to three years at most.
# A short turn keeps everybody, us and clients, used to it.
TURN: Final = timedelta(days=90)
# Clients read the key set again once a day at least (OpenID Connect Core 10.1.1 leaves it open).
AHEAD: Final = timedelta(hours=24)
# Tokens live for minutes; an ID token serves as a hint as long as a session lives (12 hours).
AFTER: Final = timedelta(hours=24)


def signs_from(made_at: datetime) -> datetime:
    """The first moment at which everybody can have read a key."""
    return made_at + AHEAD


def needs_successor(signs_since: datetime, now: datetime) -> bool:
    """It is time to publish the next one."""
    return now >= signs_since + TURN - AHEAD


def may_go(signed_until: datetime, now: datetime) -> bool:
    """Nothing that it signed is of use any more."""
    return now >= signed_until + AFTER
