"""Numbers as text: how people type them, and how much of them is shown."""

from datetime import date

from gapura.accounts import errors
from gapura.kernel.problems import Problem

_TYPED_BETWEEN = str.maketrans("", "", " .-\u00a0\u2010\u2011\u2013")


def bare(text: str) -> str:
    """The number without the spaces, full stops and hyphens people type in groups."""
    return text.translate(_TYPED_BETWEEN)


def masked(number: str | None) -> str:
    """First four and last two characters; a short number is hidden whole."""
    if not number:
        return ""
    if len(number) < 8:
        return "•" * len(number)
    return number[:4] + "•" * (len(number) - 6) + number[-2:]


def digits_problem(text: str, length: int, number: str) -> Problem | None:
    """Only 0-9 (other scripts' digits are refused: they would not compare), and just `length`."""
    if not text:
        return errors.NumberLength(number=number, length=length, entered=0)
    if not (text.isascii() and text.isdigit()):
        return errors.NumberHasLetters(number=number)
    if len(text) != length:
        return errors.NumberLength(number=number, length=length, entered=len(text))
    return None


def day_of(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
