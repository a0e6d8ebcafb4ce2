"""Pure rules of officers: days as typed, whether two names are one person's, safe CSV cells."""

import re
import unicodedata
from datetime import date

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_LETTERS = re.compile(r"[^\W\d_]+")
_FEWEST, _MORE = 2, 2
_STARTS = ("=", "+", "-", "@", "\t", "\r")


def day_of(text: str) -> date | None:
    """A day written 2026-12-31, 31/12/2026, 31-12-2026 or 31.12.2026; None when it is none."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    year, month, day, last, middle, end = found.groups()
    try:
        return date(int(year or end), int(month or middle), int(day or last))
    except ValueError:
        return None


def is_same_name(named: str, known: str) -> bool:
    """Whether a letter and an account can mean one person: titles, case and signs do not count.

    One may have up to two words more than the other, but each at least two: a name made up of
    many words would else fit many people, and so would a single common one.
    """
    ours, theirs = _core(named), _core(known)
    if ours == theirs:
        return bool(ours)
    short, long = sorted((ours, theirs), key=len)
    return len(short) >= _FEWEST and short < long and len(long) - len(short) <= _MORE


def is_exact_name(named: str, known: str) -> bool:
    """Whether the words are the same: who only guesses a name learns nothing of an account."""
    ours = _core(named)
    return bool(ours) and ours == _core(known)


def _core(name: str) -> frozenset[str]:
    """The words of a name in lower case, without titles (a full stop behind or a comma before)."""
    plain = unicodedata.normalize("NFKC", name).casefold().split(",")[0]
    words = [word for word in plain.split() if not word.endswith(".")]
    return frozenset(part for word in words for part in _LETTERS.findall(word))


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula (CWE-1236)."""
    return f"'{text}" if text.startswith(_STARTS) else text
