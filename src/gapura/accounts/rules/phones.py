"""Telephone numbers in E.164; Indonesian ones may be typed the way people do; codes to them."""

import re
from datetime import timedelta

from gapura.accounts import errors
from gapura.kernel.problems import Problem
from gapura.kernel.throttle import Limit

# NIST SP 800-63B-4 3.1.3.1 (out-of-band secrets): at most ten minutes.
CODE_LIFE = timedelta(minutes=10)
CODE_TRIES = 5
CODE_DIGITS = 6
KEEP_CODES = timedelta(days=2)
# Messages cost money and ring at strangers: by person, and by the number whoever asks for it.
MESSAGES_PERSON = Limit("phone_code.person", 3, 600)
MESSAGES_DAY = Limit("phone_code.person_day", 10, 86400)
MESSAGES_NUMBER = Limit("phone_code.number", 6, 3600)

_TYPED = str.maketrans("", "", " .-()\u00a0")
# National numbers have 9 to 13 digits with the leading zero left out (ITU country code 62).
_NATIONAL = re.compile(r"(?:\+62|62|0)([1-9][0-9]{7,12})", re.ASCII)
_FOREIGN = re.compile(r"\+(?!62)[1-9][0-9]{6,14}", re.ASCII)


def phone_number(text: str) -> str | None:
    """E.164 (`+628123456789`), or None for what is no telephone number."""
    typed = text.translate(_TYPED)
    if home := _NATIONAL.fullmatch(typed):
        return f"+62{home[1]}"
    return typed if _FOREIGN.fullmatch(typed) else None


def phone_problem(text: str) -> Problem | None:
    """What is wrong with it; an empty text is allowed."""
    if not text.strip() or phone_number(text) is not None:
        return None
    return errors.PhoneMalformed()
