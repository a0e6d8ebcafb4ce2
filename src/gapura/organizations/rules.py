"""Pure rules of letters, of companies' numbers and papers, and of searching agencies."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from gapura.kernel.problems import Problem
from gapura.organizations import errors
from gapura.organizations.kinds import FOUNDED_BY_DEED

LONGEST_NUMBER, LONGEST_POSITION = 100, 150
# Product policy against slips in the year; the law knows no such number.
YEARS = 10
_CODE = re.compile(r"[0-9A-Z.-]{1,30}", re.ASCII)
_WORDS = re.compile(r"[\w']+")
_SEARCH_LENGTH, _SEARCH_WORDS = 200, 10
_NIB = re.compile(r"[0-9]{13}", re.ASCII)
_NPWP, _OLD_NPWP = re.compile(r"[0-9]{16}", re.ASCII), re.compile(r"[0-9]{15}", re.ASCII)
_NITKU, _BRANCH = re.compile(r"[0-9]{22}", re.ASCII), re.compile(r"[0-9]{6}", re.ASCII)
_TYPED_BETWEEN = str.maketrans("", "", " .-\u00a0\u2010\u2011\u2013")
SHORTEST_ADDRESS, LONGEST_ADDRESS = 10, 300
# What the authorities said is believed for so long; a deed made later asks them again.
FACTS_MINUTES = 60


@dataclass(frozen=True, slots=True)
class LetterText:
    """What a letter says. `valid_until` is the last day on which it counts."""

    number: str
    signed_on: date
    signer_name: str
    signer_position: str
    valid_from: date
    valid_until: date

    @property
    def day_after(self) -> date:
        """The first day on which it no longer counts: ranges are stored half-open."""
        return self.valid_until + timedelta(days=1)


def letter_problems(letter: LetterText, today: date) -> dict[str, Problem]:
    """What is wrong with what the letter says, by field, on the legal day `today`."""
    found = {
        "number": _line(letter.number, LONGEST_NUMBER, errors.NumberMissing()),
        "signer_name": _line(letter.signer_name, LONGEST_NUMBER, errors.SignerMissing()),
        "signer_position": _line(
            letter.signer_position, LONGEST_POSITION, errors.PositionMissing()
        ),
        "signed_on": _signed(letter.signed_on, today),
        "valid_from": _far(letter.valid_from, today),
        "valid_until": _ending(letter, today),
    }
    return {field: problem for field, problem in found.items() if problem is not None}


def tidy_line(text: str) -> str:
    """NFC, single blanks inside, none around."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidied(letter: LetterText) -> LetterText:
    """The same letter with its lines tidied."""
    return LetterText(
        tidy_line(letter.number),
        letter.signed_on,
        tidy_line(letter.signer_name),
        tidy_line(letter.signer_position),
        letter.valid_from,
        letter.valid_until,
    )


def is_plain_line(text: str, least: int, most: int) -> bool:
    """Between `least` and `most` characters, none of them invisible (control, bidi, zero-width)."""
    return least <= len(text) <= most and all(unicodedata.category(c)[0] != "C" for c in text)


def is_code(text: str) -> bool:
    """Looks like a code of an agency, unit or company: nothing else is asked of the database."""
    return _CODE.fullmatch(text) is not None


def bare_number(text: str) -> str:
    """A number without the blanks, full stops and hyphens that people type in groups."""
    return text.translate(_TYPED_BETWEEN)


def is_nib(text: str) -> bool:
    """Thirteen digits; OSS publishes no check digit, so the truth comes from OSS only."""
    return _NIB.fullmatch(text) is not None


def whole_npwp(text: str) -> str:
    """A tax number in its form of 16 digits: the old one of 15 has got a leading 0 (PMK 112/2022).

    What is no tax number comes back without the signs typed between.
    """
    number = bare_number(text)
    return f"0{number}" if _OLD_NPWP.fullmatch(number) else number


def is_npwp(number: str) -> bool:
    """Sixteen digits. Numbers of entities from before Coretax (0 first) have a check digit over
    the first ten (Luhn); for the newer ones and those of individuals none is published.
    """
    if not _NPWP.fullmatch(number) or not number.strip("0"):
        return False
    return number[0] != "0" or _luhn(number[:10])


def branch_number(typed: str, npwp: str) -> str:
    """The last six digits of a NITKU (PER-6/PJ/2024); empty unless they are the company's own.

    `typed` are its 22 digits, of which the first sixteen are the tax number, or the last six.
    """
    whole = _NITKU.fullmatch(typed)
    if whole is not None:
        return typed[16:] if npwp and typed[:16] == npwp else ""
    return typed if _BRANCH.fullmatch(typed) else ""


def _luhn(digits: str) -> bool:
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def address_problem(address: str) -> Problem | None:
    """What is wrong with a tidied business address."""
    sound = is_plain_line(address, SHORTEST_ADDRESS, LONGEST_ADDRESS)
    return None if sound else errors.AddressMissing(least=SHORTEST_ADDRESS, most=LONGEST_ADDRESS)


def papers_needed(form: str) -> tuple[str, ...]:
    """Which papers a company of this form hands in; the others are welcome."""
    return ("akta", "letter") if form in FOUNDED_BY_DEED else ("letter",)


def years_from(day: date, years: int) -> date:
    """The same day so many years on; 28 February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_from(day: date, months: int) -> date:
    """The same day so many months on (or back), or the last one of a shorter month."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _line(text: str, most: int, problem: Problem) -> Problem | None:
    return None if is_plain_line(text, 1, most) else problem


def _signed(signed_on: date, today: date) -> Problem | None:
    if signed_on > today:
        return errors.SignedLater()
    return errors.SignedLongAgo(years=YEARS) if signed_on < years_from(today, -YEARS) else None


def _far(day: date, today: date) -> Problem | None:
    near = years_from(today, -YEARS) <= day <= years_from(today, YEARS)
    return None if near else errors.LastsTooLong(years=YEARS)


def _ending(letter: LetterText, today: date) -> Problem | None:
    if letter.valid_until < letter.valid_from:
        return errors.EndsBeforeStart()
    if letter.valid_until < today:
        return errors.EndedAlready()
    if letter.valid_until > years_from(max(letter.valid_from, today), YEARS):
        return errors.LastsTooLong(years=YEARS)
    return None


def search_words(text: str) -> tuple[str, ...]:
    """The words of a search, lower case and without signs; at most ten."""
    plain = unicodedata.normalize("NFKC", text[:_SEARCH_LENGTH]).casefold()
    return tuple(_WORDS.findall(plain)[:_SEARCH_WORDS])


def search_rank(words: tuple[str, ...], name: str, short: str) -> int | None:
    """How well a name fits, 0 best; None when a word is in neither the name nor its short forms.

    0 a short form as a whole, 1 the name or a short form begins so, 2 every word begins a word,
    3 every word is somewhere.
    """
    phrase = " ".join(words)
    forms, everything = _forms(name, short)
    if not all(word in everything for word in words):
        return None
    if phrase in forms:
        return 0
    if any(form.startswith(phrase) for form in forms):
        return 1
    starts = tuple(everything.split())
    begins = all(any(start.startswith(word) for start in starts) for word in words)
    return 2 if begins else 3


@lru_cache(maxsize=2048)
def _forms(name: str, short: str) -> tuple[tuple[str, ...], str]:
    """All forms of a name without signs, and the words of all of them."""
    forms = tuple(" ".join(search_words(form)) for form in (name, *short.split(",")))
    return forms, " ".join(forms)
