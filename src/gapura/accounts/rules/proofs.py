"""How an identity is proven by the civil registry."""

from collections.abc import Sequence
from datetime import date

from gapura.accounts.choices import DIFFERS, MATCHES, NOT_FOUND
from gapura.kernel.throttle import Limit

# A person may ask again, for example after the registry mended its data; each question costs.
ASKED_BY_PERSON = Limit("identity.check", 3, 3600)
# Law 23/2006 article 63: the identity card is for people of 17 and over.
CARD_AGE = 17


def birth_date(births: Sequence[date], today: date) -> date | None:
    """The date of birth a NIK means: its year has two digits, so there can be two.

    The later one at which the person is old enough for an identity card, else the latest; None when
    there is none.
    """
    last = today.replace(year=today.year - CARD_AGE, day=min(today.day, 28))
    grown = [birth for birth in births if birth <= last]
    return max(grown or births, default=None)


def outcome_of(found: bool, fields: dict[str, bool]) -> str:
    """The registry's answer in one word."""
    if not found:
        return NOT_FOUND
    return MATCHES if fields and all(fields.values()) else DIFFERS
