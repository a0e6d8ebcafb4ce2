"""Telephone numbers in E.164; Indonesian ones may be typed the way people do."""

import re

from gapura.accounts import errors
from gapura.kernel.problems import Problem

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
