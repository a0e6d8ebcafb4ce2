"""How hard a password is to guess: the cheapest way to build it from words, dates and rows."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from math import log2

from gapura.authentication.blocklist import guess_bits, is_listed
from gapura.authentication.errors import (
    PasswordCommon,
    PasswordGuessable,
    PasswordLacksKinds,
    PasswordPersonal,
    PasswordProblem,
    PasswordTooLong,
    PasswordTooShort,
)
from gapura.authentication.rules import (
    LEAST_STRENGTH,
    PASSWORD_MAX,
    PasswordContext,
    PasswordPolicy,
)

DEFAULT = PasswordPolicy()
# Bits below which a password has strength 0, 1, 2, 3; from the last on it has 4.
LEVELS = (18.0, 30.0, 40.0, 55.0)
# What one more sign costs a guesser who knows no word: letters of a language are not random.
LETTER, DIGIT, SEPARATOR, SIGN, FOREIGN = 3.0, 3.3, 1.5, 4.5, 5.0
YEAR, DATE, ROW, REPEAT, PERSONAL, REVERSED = 6.0, 13.0, 5.0, 4.5, 1.0, 1.0
SHORTEST_RUN, LONGEST_WORD, LOOKED_AT = 3, 24, 128

_LEET = (
    str.maketrans("01345789@$!€|+", "oieastbgasielt"),
    str.maketrans("01345789@$!€|+", "oleastbgaslelt"),
)
_ROWS = (
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "qazwsxedcrfvtgbyhnujm",
    "1qaz2wsx3edc4rfv5tgb6yhn",
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
)
_BOTH_WAYS = tuple(row for forth in _ROWS for row in (forth, forth[::-1]))
_YEAR = re.compile(r"(?:19|20)\d\d")
_DATE = re.compile(
    r"(?:0[1-9]|[12]\d|3[01])[-/. ]?(?:0[1-9]|1[0-2])[-/. ]?(?:(?:19|20)\d\d|\d\d)(?!\d)"
)
_SAME = re.compile(r"(.)\1{2,}")
_BLOCKS = re.compile(r"(.+?)\1+", re.DOTALL)
_PARTS = re.compile(r"[^\W\d_]{3,}|\w{3,}")


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is wrong with a password, in order, and its strength from 0 to 4."""

    problems: tuple[PasswordProblem, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class _Cheapest:
    """The bits up to a place, and how many signs of the person's own words are on the way."""

    bits: float
    personal: int


def feedback(text: str, about: PasswordContext, policy: PasswordPolicy = DEFAULT) -> Feedback:
    """Problems and strength; a password is accepted when there is no problem.

    Lengths are code points in NFKC. By default there are no rules on kinds of signs (NIST SP
    800-63B-4 3.1.1.2); a policy by classes asks for them and leaves the guess at strength aside.
    """
    if len(text) > PASSWORD_MAX:
        return Feedback((PasswordTooLong(most=PASSWORD_MAX),), 0)
    folded = unicodedata.normalize("NFKC", text)
    best = _cheapest(folded.casefold()[:LOOKED_AT], _own_words(about))
    strength = sum(best.bits >= level for level in LEVELS)
    problems: list[PasswordProblem] = []
    if len(folded) < policy.min_length:
        problems.append(PasswordTooShort(length=len(folded), least=policy.min_length))
    if policy.by_classes and not _has_all_kinds(folded):
        problems.append(PasswordLacksKinds())
    if best.personal * 2 >= max(1, len(folded)):
        problems.append(PasswordPersonal())
    elif is_listed(folded):
        problems.append(PasswordCommon())
    elif strength < LEAST_STRENGTH and not problems and not policy.by_classes:
        problems.append(PasswordGuessable())
    return Feedback(tuple(problems), min(strength, 1) if problems else strength)


def _has_all_kinds(text: str) -> bool:
    """Capital and small letters, digits and other signs; letters of any alphabet."""
    return all(
        any(kind(sign) for sign in text)
        for kind in (str.isupper, str.islower, str.isdigit, lambda sign: not sign.isalnum())
    )


def _own_words(about: PasswordContext) -> frozenset[str]:
    """Words of at least three letters from what others know about the person."""
    known = (about.name, about.username, about.email, about.email.partition("@")[0], about.agency)
    texts = [unicodedata.normalize("NFKC", text).casefold() for text in known]
    words = {word for text in texts for word in _PARTS.findall(text)}
    wholes = {re.sub(r"\W", "", text) for text in texts} | set(texts)
    return frozenset(word for word in words | wholes if len(word) >= SHORTEST_RUN)


def _cheapest(text: str, own: frozenset[str]) -> _Cheapest:
    spans = _spans(text, own)
    best = [_Cheapest(0.0, 0)]
    for end in range(1, len(text) + 1):
        before = best[end - 1]
        here = _Cheapest(before.bits + _sign_bits(text[end - 1]), before.personal)
        for start, bits, personal in spans.get(end, ()):
            way = _Cheapest(best[start].bits + bits, best[start].personal + personal)
            here = min(here, way, key=lambda one: one.bits)
        best.append(here)
    return _Cheapest(min(best[-1].bits, _repeated(text, own)), best[-1].personal)


def _repeated(text: str, own: frozenset[str]) -> float:
    """The bits of one block when the whole is nothing but its repetition."""
    whole = _BLOCKS.fullmatch(text)
    if whole is None or len(whole[1]) == 1:
        return float("inf")
    return _cheapest(whole[1], own).bits + log2(len(text) // len(whole[1]))


def _spans(text: str, own: frozenset[str]) -> dict[int, list[tuple[int, float, int]]]:
    """All known pieces by where they end: start, bits, and signs that are the person's own."""
    spans: dict[int, list[tuple[int, float, int]]] = {}
    for start, end, bits, personal in (*_words(text, own), *_runs(text)):
        spans.setdefault(end, []).append((start, bits, end - start if personal else 0))
    return spans


def _words(text: str, own: frozenset[str]) -> Iterator[tuple[int, int, float, bool]]:
    known = guess_bits()
    variants = dict.fromkeys((text, *(text.translate(leet) for leet in _LEET)))
    for variant in variants:
        for start in range(len(variant)):
            for end in range(start + SHORTEST_RUN, min(len(variant), start + LONGEST_WORD) + 1):
                word = variant[start:end]
                if word in own:
                    yield start, end, PERSONAL, True
                elif word in known:
                    yield start, end, known[word], False
                elif len(word) > SHORTEST_RUN and word[::-1] in known:
                    yield start, end, known[word[::-1]] + REVERSED, False


def _runs(text: str) -> Iterator[tuple[int, int, float, bool]]:
    for pattern, bits in ((_YEAR, YEAR), (_DATE, DATE)):
        for start in range(len(text)):
            if found := pattern.match(text, start):
                yield start, found.end(), bits, False
    for found in _SAME.finditer(text):
        yield found.start(), found.end(), REPEAT + log2(len(found[0])), False
    for start in range(len(text) - SHORTEST_RUN):
        end = start + SHORTEST_RUN + 1
        while end <= len(text) and any(text[start:end] in row for row in _BOTH_WAYS):
            yield start, end, ROW + log2(end - start), False
            end += 1


def _sign_bits(sign: str) -> float:
    if not sign.isascii():
        return FOREIGN
    if sign.isalpha():
        return LETTER
    if sign.isdigit():
        return DIGIT
    return SEPARATOR if sign in " -_.," else SIGN
